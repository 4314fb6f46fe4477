package dev.weir.simulcast.internal.whep;

/**
 * One packet of a live, before it is any viewer's.
 *
 * @param index place in the live's packets of this track, from 0
 * @param frame number of its picture or sound frame, from 0
 * @param payload never modify it
 * @param marker last packet of its picture
 * @param startsGop first packet of a key frame
 * @param key belongs to a key frame
 * @param timestamp on the live's RTP clock of this track
 */
record RoomPacket(
        long index, long frame, byte[] payload, boolean marker, boolean startsGop, boolean key, int timestamp) {}
