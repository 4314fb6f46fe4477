package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.Redaction;
import dev.weir.simulcast.TargetPolicy;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.ffmpeg.NativeGuard;
import java.util.Locale;

/** Tells a refusal, which another attempt will not cure, from a failure, which it may. */
final class Failures {

    /** How FFmpeg's RTMP client begins its error line when the server answered with level error. */
    private static final String SERVER_ERROR = "Server error: ";

    private static final int MAX_REASON = 300;

    private Failures() {}

    static SessionEnd classify(NativeException failure, NativeGuard guard, TargetPolicy policy) {
        String last = "";
        for (String line : guard.errors()) {
            int at = line.indexOf(SERVER_ERROR);
            if (at >= 0) {
                return new SessionEnd.Rejected(
                        shortened("the server refused: " + line.substring(at + SERVER_ERROR.length())));
            }
            if (line.toLowerCase(Locale.ROOT).contains("certificate")) {
                return new SessionEnd.Rejected(shortened("the server's certificate is not trusted: " + line));
            }
            last = line;
        }
        if (guard.timedOut()) {
            return new SessionEnd.Failed(
                    "no progress for %d s".formatted(policy.noProgress().toSeconds()));
        }
        String detail = last.isEmpty() ? "" : " (" + last + ")";
        return new SessionEnd.Failed(shortened(failure.getMessage() + detail));
    }

    private static String shortened(String text) {
        String clean = Redaction.text(text);
        return clean.length() <= MAX_REASON ? clean : clean.substring(0, MAX_REASON);
    }
}
