package dev.weir.simulcast.internal.hls;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.VideoHeader;

/** The initialisation segment: ftyp and moov without samples (ISO/IEC 14496-12 §8, RFC 8216 §3.3). */
final class InitSegment {

    static final int VIDEO_TRACK = 1;
    static final int AUDIO_TRACK = 2;
    static final int VIDEO_TIMESCALE = 90_000;

    private final Boxes out = new Boxes(2048);

    private InitSegment() {}

    static byte[] of(StreamHeaders headers) {
        return new InitSegment().write(headers);
    }

    private byte[] write(StreamHeaders headers) {
        int ftyp = out.start("ftyp");
        out.text("iso6").u32(1).text("iso6cmfcmp41").end(ftyp);
        int moov = out.start("moov");
        movieHeader();
        VideoHeader video = headers.video();
        AudioHeader audio = headers.audio();
        if (video != null) {
            video(video);
        }
        if (audio != null) {
            audio(audio);
        }
        int mvex = out.start("mvex");
        if (video != null) {
            trackExtends(VIDEO_TRACK);
        }
        if (audio != null) {
            trackExtends(AUDIO_TRACK);
        }
        out.end(mvex).end(moov);
        return out.toByteArray();
    }

    private void movieHeader() {
        int mvhd = out.startFull("mvhd", 0, 0);
        out.zeros(8).u32(1000).u32(0).u32(0x10000).u16(0x100).zeros(10);
        matrix();
        out.zeros(24).u32(3).end(mvhd);
    }

    private void matrix() {
        out.u32(0x10000).zeros(12).u32(0x10000).zeros(12).u32(0x40000000);
    }

    private void trackHeader(int id, int volume, int width, int height) {
        int tkhd = out.startFull("tkhd", 0, 3);
        out.zeros(8).u32(id).zeros(16).u16(0).u16(0).u16(volume).u16(0);
        matrix();
        out.u32((long) width << 16).u32((long) height << 16).end(tkhd);
    }

    private void mediaHeader(int timescale, String handler) {
        int mdhd = out.startFull("mdhd", 0, 0);
        out.zeros(8).u32(timescale).u32(0).u16(0x55C4).u16(0).end(mdhd);
        int hdlr = out.startFull("hdlr", 0, 0);
        out.u32(0).text(handler).zeros(12).text("weir").u8(0).end(hdlr);
    }

    private void dataInformation() {
        int dinf = out.start("dinf");
        int dref = out.startFull("dref", 0, 0);
        out.u32(1);
        int url = out.startFull("url ", 0, 1);
        out.end(url).end(dref).end(dinf);
    }

    private void emptyTables() {
        for (String table : new String[] {"stts", "stsc", "stco"}) {
            int mark = out.startFull(table, 0, 0);
            out.u32(0).end(mark);
        }
        int stsz = out.startFull("stsz", 0, 0);
        out.u32(0).u32(0).end(stsz);
    }

    private void video(VideoHeader video) {
        int trak = out.start("trak");
        trackHeader(VIDEO_TRACK, 0, video.width(), video.height());
        int mdia = out.start("mdia");
        mediaHeader(VIDEO_TIMESCALE, "vide");
        int minf = out.start("minf");
        int vmhd = out.startFull("vmhd", 0, 1);
        out.zeros(8).end(vmhd);
        dataInformation();
        int stbl = out.start("stbl");
        int stsd = out.startFull("stsd", 0, 0);
        out.u32(1);
        int avc1 = out.start("avc1");
        out.zeros(6).u16(1).zeros(16).u16(video.width()).u16(video.height());
        out.u32(0x480000).u32(0x480000).u32(0).u16(1).zeros(32).u16(24).u16(0xFFFF);
        int avcc = out.start("avcC");
        out.bytes(video.avcConfig()).end(avcc).end(avc1).end(stsd);
        emptyTables();
        out.end(stbl).end(minf).end(mdia).end(trak);
    }

    private void audio(AudioHeader audio) {
        int trak = out.start("trak");
        trackHeader(AUDIO_TRACK, 0x100, 0, 0);
        int mdia = out.start("mdia");
        mediaHeader(audio.sampleRate(), "soun");
        int minf = out.start("minf");
        int smhd = out.startFull("smhd", 0, 0);
        out.u32(0).end(smhd);
        dataInformation();
        int stbl = out.start("stbl");
        int stsd = out.startFull("stsd", 0, 0);
        out.u32(1);
        int mp4a = out.start("mp4a");
        out.zeros(6).u16(1).zeros(8).u16(audio.channels()).u16(16).u32(0);
        out.u32((long) Math.min(audio.sampleRate(), 0xFFFF) << 16);
        elementaryStream(audio.config());
        out.end(mp4a).end(stsd);
        emptyTables();
        out.end(stbl).end(minf).end(mdia).end(trak);
    }

    /** The esds box with its nested descriptors (ISO/IEC 14496-1 §7.2.6). */
    private void elementaryStream(byte[] config) {
        int esds = out.startFull("esds", 0, 0);
        int decoder = 13 + 5 + config.length;
        descriptor(3, 3 + 5 + decoder + 5 + 1);
        out.u16(AUDIO_TRACK).u8(0);
        descriptor(4, decoder);
        out.u8(0x40).u8(0x15).zeros(3).u32(0).u32(0);
        descriptor(5, config.length);
        out.bytes(config);
        descriptor(6, 1);
        out.u8(2).end(esds);
    }

    private void descriptor(int tag, int length) {
        out.u8(tag);
        for (int shift = 21; shift > 0; shift -= 7) {
            out.u8(0x80 | ((length >>> shift) & 0x7F));
        }
        out.u8(length & 0x7F);
    }

    private void trackExtends(int track) {
        int trex = out.startFull("trex", 0, 0);
        out.u32(track).u32(1).u32(0).u32(0).u32(0).end(trex);
    }
}
