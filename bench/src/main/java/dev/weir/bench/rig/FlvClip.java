package dev.weir.bench.rig;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What does a publisher send? The tags of an FLV file, in file order (Adobe FLV 10.1 annex E).
 *
 * @param setup metadata and codec headers, sent once
 * @param frames pictures and sounds
 * @param loopMillis after so long they begin again
 */
public record FlvClip(List<Tag> setup, List<Tag> frames, long loopMillis) {

    private static final int AUDIO = 8;
    private static final int VIDEO = 9;
    private static final int SCRIPT = 18;
    private static final int HALF_FRAME_MILLIS = 10;

    /**
     * One tag.
     *
     * @param type 8 sound, 9 picture, 18 metadata
     * @param millis its decoding time
     * @param body never modify it
     */
    public record Tag(int type, long millis, byte[] body) {

        /** True for a picture. */
        public boolean isVideo() {
            return type == VIDEO;
        }

        /** When a picture is shown: its decoding time and its composition offset. */
        public long shownMillis() {
            return isVideo() ? millis + ((body[2] << 16) | ((body[3] & 0xFF) << 8) | (body[4] & 0xFF)) : millis;
        }
    }

    /** Reads a clip of that length. */
    public static FlvClip read(Path file, int seconds) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        in.position(in.getInt(5) + 4);
        List<Tag> setup = new ArrayList<>();
        List<Tag> frames = new ArrayList<>();
        while (in.remaining() >= 11) {
            int type = in.get();
            int length = medium(in);
            long millis = medium(in) | (in.get() & 0xFFL) << 24;
            medium(in);
            byte[] body = new byte[length];
            in.get(body);
            in.getInt();
            int kind = type == SCRIPT || length < 2 ? 0 : body[1];
            if (type == SCRIPT || ((type == AUDIO || type == VIDEO) && kind == 0)) {
                setup.add(new Tag(type, millis, body));
            } else if ((type == AUDIO || type == VIDEO) && kind == 1) {
                frames.add(new Tag(type, millis, body));
            }
        }
        long loopMillis = seconds * 1000L;
        return new FlvClip(List.copyOf(setup), joining(frames, loopMillis), loopMillis);
    }

    /** Without what would overlap the next round: a track may be a frame longer than the clip. */
    private static List<Tag> joining(List<Tag> frames, long loopMillis) {
        return frames.stream()
                .filter(tag -> tag.millis() - firstMillis(frames, tag.type()) <= loopMillis - HALF_FRAME_MILLIS)
                .toList();
    }

    private static long firstMillis(List<Tag> frames, int type) {
        return frames.stream()
                .filter(tag -> tag.type() == type)
                .findFirst()
                .map(Tag::millis)
                .orElse(0L);
    }

    /** When its first picture is shown. */
    public long firstShownMillis() {
        return frames.stream()
                .filter(Tag::isVideo)
                .mapToLong(Tag::shownMillis)
                .min()
                .orElse(0);
    }

    private static int medium(ByteBuffer in) {
        return (in.get() & 0xFF) << 16 | (in.getShort() & 0xFFFF);
    }
}
