package dev.weir.simulcast;

/**
 * What is the smallest piece of a stream that may be sent or dropped? One coded frame of one track.
 *
 * <p>Immutable and shared by all consumers: never modify the payload. Each frame carries the headers it was coded
 * under, so that a consumer that missed some units can never be out of step with them.
 *
 * @param track picture or sound
 * @param dtsMillis decoding time on the live's own timeline, strictly growing within a track
 * @param ptsMillis presentation time on the same timeline, at least {@code dtsMillis}
 * @param key true when decoding can start here (video); true for every sound frame
 * @param payload length-prefixed NAL units (AVCC) or one raw AAC frame
 * @param headers the codec headers in force
 */
public record MediaUnit(
        Track track, long dtsMillis, long ptsMillis, boolean key, byte[] payload, StreamHeaders headers) {

    /** Payload size in bytes. */
    public int size() {
        return payload.length;
    }

    /** True for a picture that a decoder can start with. */
    public boolean startsGop() {
        return track == Track.VIDEO && key;
    }

    /** The same frame at another place of a timeline, under other headers. */
    public MediaUnit at(long newDtsMillis, long newPtsMillis, StreamHeaders newHeaders) {
        return new MediaUnit(track, newDtsMillis, newPtsMillis, key, payload, newHeaders);
    }
}
