package dev.weir.simulcast.internal.ffmpeg;

/** Says which native call failed and why, in FFmpeg's words; holds no key. */
public final class NativeException extends Exception {

    private static final long serialVersionUID = 1L;

    private NativeException(String message) {
        super(message);
    }

    /** Throws when the code is negative, as FFmpeg reports failure. */
    public static int check(int code, String call) throws NativeException {
        if (code < 0) {
            throw new NativeException(call + ": " + FfmpegLibrary.errorText(code));
        }
        return code;
    }

    /** A failure that FFmpeg gives no code for. */
    public static NativeException of(String message) {
        return new NativeException(message);
    }
}
