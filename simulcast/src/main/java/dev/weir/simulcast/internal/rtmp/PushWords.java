package dev.weir.simulcast.internal.rtmp;

import dev.weir.simulcast.Redaction;
import io.netty.handler.codec.DecoderException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.regex.Pattern;

/** What does a failure of a connection mean, in words for people and without a key? */
final class PushWords {

    /** How the native transport begins what the system said. */
    private static final Pattern SYSTEM_CALL =
            Pattern.compile("^\\w+\\(\\.\\.\\) failed(?: with error\\(-?\\d+\\))?: ");

    private PushWords() {}

    /** A certificate that is not trusted will not be so the next time; all else may pass. */
    static PushEnd failure(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof CertificateException
                    || at instanceof CertPathBuilderException
                    || at instanceof CertPathValidatorException) {
                return new PushEnd.Untrusted(reason(at));
            }
        }
        return new PushEnd.Failed(reason(cause));
    }

    static String reason(Throwable cause) {
        Throwable root = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        String message = root.getMessage();
        String words = message == null
                ? root.getClass().getSimpleName()
                : SYSTEM_CALL.matcher(message).replaceFirst("");
        return Redaction.text(words);
    }
}
