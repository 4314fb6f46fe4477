package dev.weir.simulcast.internal.hls;

import java.util.List;

/** One moof and its mdat, both tracks (ISO/IEC 14496-12 §8.8; CMAF, ISO/IEC 23000-19). */
final class Fragment {

    private static final int SYNC = 0x02000000;
    private static final int NOT_SYNC = 0x01010000;

    private final Boxes out;

    private Fragment(int capacity) {
        out = new Boxes(capacity);
    }

    static byte[] of(long sequence, List<Sample> video, List<Sample> audio) {
        int bytes = bytes(video) + bytes(audio);
        return new Fragment(bytes + 256 + 16 * (video.size() + audio.size())).write(sequence, video, audio);
    }

    private static int bytes(List<Sample> samples) {
        return samples.stream().mapToInt(sample -> sample.payload().length).sum();
    }

    private byte[] write(long sequence, List<Sample> video, List<Sample> audio) {
        int moof = out.start("moof");
        int mfhd = out.startFull("mfhd", 0, 0);
        out.u32(sequence).end(mfhd);
        int videoOffset = video.isEmpty() ? 0 : track(InitSegment.VIDEO_TRACK, video);
        int audioOffset = audio.isEmpty() ? 0 : track(InitSegment.AUDIO_TRACK, audio);
        out.end(moof);
        int mdat = out.start("mdat");
        samples(videoOffset, moof, video);
        samples(audioOffset, moof, audio);
        return out.end(mdat).toByteArray();
    }

    /** Writes a traf and returns where its data offset has to be filled in. */
    private int track(int id, List<Sample> samples) {
        int traf = out.start("traf");
        int tfhd = out.startFull("tfhd", 0, 0x020000);
        out.u32(id).end(tfhd);
        int tfdt = out.startFull("tfdt", 1, 0);
        out.u64(samples.getFirst().time()).end(tfdt);
        int trun = out.startFull("trun", 1, 0x000F01);
        out.u32(samples.size());
        int offset = out.size();
        out.u32(0);
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            out.u32(duration(samples, i)).u32(sample.payload().length);
            out.u32(sample.key() ? SYNC : NOT_SYNC).u32(sample.compositionOffset());
        }
        out.end(trun).end(traf);
        return offset;
    }

    /** Up to the next frame, so that a gap within the part does not move what follows it. */
    private static long duration(List<Sample> samples, int index) {
        Sample sample = samples.get(index);
        return index + 1 == samples.size()
                ? sample.duration()
                : Math.max(0, samples.get(index + 1).time() - sample.time());
    }

    private void samples(int offset, int moof, List<Sample> samples) {
        if (!samples.isEmpty()) {
            out.patch(offset, out.size() - moof);
            samples.forEach(sample -> out.bytes(sample.payload()));
        }
    }
}
