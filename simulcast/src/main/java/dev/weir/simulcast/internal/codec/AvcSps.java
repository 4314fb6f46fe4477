package dev.weir.simulcast.internal.codec;

/**
 * What a sequence parameter set says (ISO/IEC 14496-10 §7.3.2.1.1) of the picture size, and of the fields before a
 * slice header's idr_pic_id.
 *
 * @param width visible width in pixels
 * @param height visible height in pixels
 * @param frameNumBits length of frame_num, 4..16
 * @param separatePlanes true when slices name their colour plane
 * @param framesOnly false when slices can be of fields
 * @param reordering whether pictures may be shown in another order than they are decoded
 * @param orderFlagAt where the unescaped unit announces the limits of that, in bits; -1 when it gives none
 */
record AvcSps(
        int width,
        int height,
        int frameNumBits,
        boolean separatePlanes,
        boolean framesOnly,
        Reordering reordering,
        int orderFlagAt) {

    private static final int BASELINE = 66;
    private static final int OUTPUT_ORDER = 2;

    private static final int MAX_SIDE = 8192;

    static AvcSps parse(byte[] nal) {
        var in = new BitReader(Rbsp.unescape(nal));
        in.bits(8);
        int profile = in.bits(8);
        in.bits(16);
        in.ue();
        Chroma format = hasChromaInfo(profile) ? chromaInfo(in) : new Chroma(1, false);
        int chroma = format.idc();
        int frameNumBits = in.ue() + 4;
        boolean ordered = pictureOrder(in) == OUTPUT_ORDER || profile == BASELINE;
        in.ue();
        in.flag();
        int widthInMbs = in.ue() + 1;
        int heightInUnits = in.ue() + 1;
        boolean framesOnly = in.flag();
        if (!framesOnly) {
            in.flag();
        }
        in.flag();
        long width = widthInMbs * 16L;
        long height = heightInUnits * 16L * (framesOnly ? 1 : 2);
        if (in.flag()) {
            int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
            int unitY = (chroma == 1 ? 2 : 1) * (framesOnly ? 1 : 2);
            width -= (in.ue() + (long) in.ue()) * unitX;
            height -= (in.ue() + (long) in.ue()) * unitY;
        }
        var order = ordered ? new AvcVui.Order(Reordering.NEVER, -1) : AvcVui.order(in);
        return checked(
                new AvcSps(
                        (int) width,
                        (int) height,
                        frameNumBits,
                        format.separatePlanes(),
                        framesOnly,
                        order.reordering(),
                        order.flagAt()),
                width,
                height);
    }

    private static AvcSps checked(AvcSps sps, long width, long height) {
        if (width < 2 || height < 2 || width > MAX_SIDE || height > MAX_SIDE) {
            throw new MalformedMediaException(
                    "picture size: %dx%d (expected: 2..%d a side)".formatted(width, height, MAX_SIDE));
        }
        if (sps.frameNumBits < 4 || sps.frameNumBits > 16) {
            throw new MalformedMediaException("frame_num: %d bits (expected: 4..16)".formatted(sps.frameNumBits));
        }
        return sps;
    }

    private record Chroma(int idc, boolean separatePlanes) {}

    private static boolean hasChromaInfo(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private static Chroma chromaInfo(BitReader in) {
        int chroma = in.ue();
        boolean separatePlanes = chroma == 3 && in.flag();
        in.ue();
        in.ue();
        in.flag();
        if (in.flag()) {
            for (int i = 0; i < (chroma == 3 ? 12 : 8); i++) {
                if (in.flag()) {
                    skipScalingList(in, i < 6 ? 16 : 64);
                }
            }
        }
        return new Chroma(chroma, separatePlanes);
    }

    private static void skipScalingList(BitReader in, int size) {
        int last = 8;
        int next = 8;
        for (int i = 0; i < size; i++) {
            if (next != 0) {
                next = (last + in.se() + 256) % 256;
            }
            last = next == 0 ? last : next;
        }
    }

    private static int pictureOrder(BitReader in) {
        int type = in.ue();
        if (type == 0) {
            in.ue();
        } else if (type == 1) {
            in.flag();
            in.se();
            in.se();
            int cycle = in.ue();
            if (cycle < 0 || cycle > 255) {
                throw new MalformedMediaException(
                        "num_ref_frames_in_pic_order_cnt_cycle: " + cycle + " (expected: 0..255)");
            }
            for (int i = 0; i < cycle; i++) {
                in.se();
            }
        }
        return type;
    }
}
