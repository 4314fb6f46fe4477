package dev.weir.simulcast.internal.codec;

/** The one thing of interest in a parameter set's optional part (ISO/IEC 14496-10 §E.1.1). */
final class AvcVui {

    private static final int EXTENDED_SAR = 255;
    private static final int MAX_CPB_COUNT = 32;
    private static final Order UNTOLD = new Order(Reordering.POSSIBLE, -1);

    private AvcVui() {}

    /**
     * What it says about the order of pictures.
     *
     * @param reordering whether there is one of its own for showing
     * @param flagAt the bit that announces the limits of reordering; -1 where none are given
     */
    record Order(Reordering reordering, int flagAt) {}

    /** What it says about the order of pictures; a part that cannot be read says nothing. */
    static Order order(BitReader in) {
        try {
            return in.flag() ? read(in) : UNTOLD;
        } catch (MalformedMediaException _) {
            return UNTOLD;
        }
    }

    private static Order read(BitReader in) {
        picture(in);
        if (in.flag()) {
            in.ue();
            in.ue();
        }
        if (in.flag()) {
            in.bits(32);
            in.bits(32);
            in.flag();
        }
        boolean nal = in.flag();
        if (nal) {
            hypotheticalDecoder(in);
        }
        boolean vcl = in.flag();
        if (vcl) {
            hypotheticalDecoder(in);
        }
        if (nal || vcl) {
            in.flag();
        }
        in.flag();
        int flagAt = in.position();
        if (!in.flag()) {
            return UNTOLD;
        }
        in.flag();
        for (int skipped = 0; skipped < 4; skipped++) {
            in.ue();
        }
        return new Order(in.ue() == 0 ? Reordering.NEVER : Reordering.ANNOUNCED, flagAt);
    }

    private static void picture(BitReader in) {
        if (in.flag() && in.bits(8) == EXTENDED_SAR) {
            in.bits(32);
        }
        if (in.flag()) {
            in.flag();
        }
        if (in.flag()) {
            in.bits(4);
            if (in.flag()) {
                in.bits(24);
            }
        }
    }

    private static void hypotheticalDecoder(BitReader in) {
        int count = in.ue() + 1;
        if (count < 1 || count > MAX_CPB_COUNT) {
            throw new MalformedMediaException("cpb_cnt: %d (expected: 1..%d)".formatted(count, MAX_CPB_COUNT));
        }
        in.bits(8);
        for (int i = 0; i < count; i++) {
            in.ue();
            in.ue();
            in.flag();
        }
        in.bits(20);
    }
}
