package dev.weir.simulcast.internal.hls;

/**
 * The names of one packager's files. Caches keep them for an hour, so a live that starts again must not use them again:
 * the epoch tells the two apart.
 */
record HlsNames(String epoch) {

    static HlsNames since(long epochMillis) {
        return new HlsNames(Long.toString(epochMillis, 36));
    }

    String init(int number) {
        return "init-" + epoch + "-" + number + ".mp4";
    }

    String segment(long sequence) {
        return "seg-" + epoch + "-" + sequence + ".m4s";
    }

    String part(long sequence, int index) {
        return "part-" + epoch + "-" + sequence + "." + index + ".m4s";
    }

    String cdn(long sequence) {
        return "cdn-" + epoch + "-" + sequence + ".m4s";
    }
}
