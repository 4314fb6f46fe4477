package dev.weir.simulcast.internal.codec;

import java.util.Arrays;

/**
 * The picture size in a sequence parameter set (ISO/IEC 14496-10 §7.3.2.1.1).
 *
 * @param width visible width in pixels
 * @param height visible height in pixels
 */
record AvcSps(int width, int height) {

    private static final int MAX_SIDE = 8192;

    static AvcSps parse(byte[] nal) {
        var in = new BitReader(withoutEmulationPrevention(nal));
        in.bits(8);
        int profile = in.bits(8);
        in.bits(16);
        in.ue();
        int chroma = hasChromaInfo(profile) ? chromaInfo(in) : 1;
        in.ue();
        pictureOrder(in);
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
        return checked(width, height);
    }

    private static AvcSps checked(long width, long height) {
        if (width < 2 || height < 2 || width > MAX_SIDE || height > MAX_SIDE) {
            throw new MalformedMediaException(
                    "picture size: %dx%d (expected: 2..%d a side)".formatted(width, height, MAX_SIDE));
        }
        return new AvcSps((int) width, (int) height);
    }

    private static boolean hasChromaInfo(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private static int chromaInfo(BitReader in) {
        int chroma = in.ue();
        if (chroma == 3) {
            in.flag();
        }
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
        return chroma;
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

    private static void pictureOrder(BitReader in) {
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
    }

    private static byte[] withoutEmulationPrevention(byte[] nal) {
        byte[] out = new byte[nal.length];
        int length = 0;
        int zeros = 0;
        for (byte b : nal) {
            if (zeros >= 2 && b == 3) {
                zeros = 0;
                continue;
            }
            zeros = b == 0 ? zeros + 1 : 0;
            out[length++] = b;
        }
        return Arrays.copyOf(out, length);
    }
}
