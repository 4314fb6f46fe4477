package dev.weir.simulcast.internal.transcode;

/**
 * One frame that an encoder made.
 *
 * @param ptsMillis presentation time, which is the decoding time as well: nothing here is reordered
 * @param key true when decoding can start here
 * @param payload raw AAC or Opus, or length-prefixed NAL units
 */
public record CodedFrame(long ptsMillis, boolean key, byte[] payload) {

    /** Takes what is made; called on the thread that feeds. */
    public interface Sink {
        /** The next frame, in order of its time. */
        void accept(CodedFrame frame);
    }
}
