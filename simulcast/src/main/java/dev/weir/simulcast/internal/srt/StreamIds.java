package dev.weir.simulcast.internal.srt;

import dev.weir.simulcast.internal.codec.MalformedMediaException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is the streamid that a caller sent that of this live? Either plain text, or SRT's access control form
 * {@code #!::r=NAME,m=publish,u=ANYONE} (libsrt, {@code docs/features/access-control.md}). The live's name and its
 * stream key both name it; they are compared in constant time.
 *
 * @param name the live's name
 * @param key its stream key
 * @param required whether a caller has to send one
 */
record StreamIds(String name, String key, boolean required) {

    private static final String FORM = "#!";
    private static final String LIST = "#!::";
    /** An address wants it so, and some callers, FFmpeg 5 among them, send what stands there as it is. */
    private static final String ESCAPED_FORM = "%23!";

    /** Why a caller with that handshake may not come in; null when it may. */
    @Nullable
    SrtRefusal refusal(Handshake handshake) {
        if (handshake.version() != Handshake.VERSION) {
            return SrtRefusal.VERSION;
        }
        try {
            return refusal(handshake.streamId());
        } catch (MalformedMediaException e) {
            return SrtRefusal.MALFORMED;
        }
    }

    private @Nullable SrtRefusal refusal(String sent) {
        String id = sent.startsWith(ESCAPED_FORM) ? sent.replaceFirst(ESCAPED_FORM, FORM) : sent;
        if (!id.startsWith(FORM)) {
            return named(id);
        }
        Map<String, String> fields = fields(id);
        // The form's own default is to watch; an encoder that only names the live can only mean to publish.
        if (!fields.getOrDefault("m", "publish").equals("publish")) {
            return SrtRefusal.NOT_TO_PUBLISH;
        }
        return named(fields.getOrDefault("r", ""));
    }

    private @Nullable SrtRefusal named(String id) {
        if (id.isEmpty()) {
            return required ? SrtRefusal.NO_ID : null;
        }
        boolean isName = equal(id, name);
        boolean isKey = equal(id, key);
        return isName || isKey ? null : SrtRefusal.OTHER_LIVE;
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> fields(String id) {
        if (!id.startsWith(LIST)) {
            throw new MalformedMediaException("streamid: unknown form (expected: %s)".formatted(LIST));
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : id.substring(LIST.length()).split(",", -1)) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw new MalformedMediaException("streamid: a field without = (expected: key=value,key=value)");
            }
            fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return fields;
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "StreamIds[name=%s, required=%s]".formatted(name, required);
    }
}
