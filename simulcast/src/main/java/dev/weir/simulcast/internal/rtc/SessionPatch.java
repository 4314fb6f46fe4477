package dev.weir.simulcast.internal.rtc;

import dev.weir.simulcast.PatchReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a PATCH does to a session (RFC 9725 §4.3): a trickled candidate is taken note of, as the lite side waits for
 * checks anyway; new credentials restart ICE.
 */
final class SessionPatch {

    private static final int MAX_CHARS = 64 * 1024;
    private static final String END = "\r\n";

    private final PeerSession session;
    private final List<String> candidates;

    SessionPatch(PeerSession session, List<String> candidates) {
        this.session = session;
        this.candidates = candidates;
    }

    PatchReply apply(@Nullable String ifMatch, String fragment) {
        if (ifMatch == null) {
            return new PatchReply.Refused(428, "If-Match: absent (expected: the session's ETag, or * to restart)");
        }
        if (fragment.length() > MAX_CHARS) {
            return new PatchReply.Refused(
                    400, "fragment: %d characters (expected: at most %d)".formatted(fragment.length(), MAX_CHARS));
        }
        try {
            IceCredentials theirs = credentials(fragment);
            boolean restart = session.isRestart(theirs);
            if (!ifMatch.equals(restart ? "*" : session.etag())) {
                return new PatchReply.Refused(
                        412,
                        restart
                                ? "If-Match: an ETag (expected: * for a restart)"
                                : "If-Match: not the session's ETag (expected: the newest one)");
            }
            return restart ? restarted(theirs) : new PatchReply.Accepted();
        } catch (SdpException e) {
            return new PatchReply.Refused(e.status(), String.valueOf(e.getMessage()));
        }
    }

    private static IceCredentials credentials(String fragment) throws SdpException {
        String ufrag = value(fragment, "a=ice-ufrag:");
        String password = value(fragment, "a=ice-pwd:");
        return new IceCredentials(SdpParser.iceText("ice-ufrag", ufrag, 4), SdpParser.iceText("ice-pwd", password, 22));
    }

    private static String value(String fragment, String name) throws SdpException {
        return fragment.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow(() -> new SdpException(400, name + " absent (expected: in the fragment)"));
    }

    private PatchReply restarted(IceCredentials theirs) {
        IceCredentials ours = session.restart(theirs);
        var out = new StringBuilder();
        out.append("a=ice-lite").append(END);
        out.append("a=ice-ufrag:").append(ours.ufrag()).append(END);
        out.append("a=ice-pwd:").append(ours.password()).append(END);
        candidates.forEach(
                candidate -> out.append("a=candidate:").append(candidate).append(END));
        out.append("a=end-of-candidates").append(END);
        return new PatchReply.Restarted(session.etag(), out.toString());
    }
}
