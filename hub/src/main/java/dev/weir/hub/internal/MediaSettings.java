package dev.weir.hub.internal;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How do streams come in, and how do they reach viewers? Keys below {@code weir.simulcast.}.
 *
 * @param gap how long viewers and targets are kept while the host is away; above 0
 * @param freeze how long the picture may stop while the sound goes on, or the other way round, before it is filled; above 0
 * @param slate PNG or JPEG file that is shown while the host is away; empty: its last picture
 * @param rtmps RTMP over TLS
 * @param webrtc the port of WHEP viewers and WHIP hosts
 * @param srt SRT callers
 * @param recordings what is kept of each live
 * @param edge where viewers past this hub are sent
 */
@ConfigurationProperties("weir.simulcast")
public record MediaSettings(
        @DefaultValue("30s") Duration gap,
        @DefaultValue("3s") Duration freeze,
        @DefaultValue("") String slate,
        @DefaultValue Rtmps rtmps,
        @DefaultValue WebRtc webrtc,
        @DefaultValue Srt srt,
        @DefaultValue Recordings recordings,
        @DefaultValue Edge edge) {

    /**
     * RTMP over TLS; off while {@code certificate} is empty.
     *
     * @param port 0..65535; 0 takes a free one
     * @param certificate PEM file of the certificate chain
     * @param privateKey PEM file of its key, PKCS #8
     */
    public record Rtmps(
            @DefaultValue("1936") int port,
            @DefaultValue("") String certificate,
            @DefaultValue("") String privateKey) {}

    /**
     * The WebRTC port, UDP and TCP alike.
     *
     * @param host address to bind
     * @param port 0..65535; 0 takes a free one
     * @param publicAddresses addresses that browsers reach this port at, without port; empty: those of this machine
     * @param maxSessions viewers and hosts at once, above 0; those past it are told to try again or sent to the edge
     * @param maxSessionsPerAddress the same from one address, above 0; whole mobile networks can share one
     */
    public record WebRtc(
            @DefaultValue("0.0.0.0") String host,
            @DefaultValue("8189") int port,
            @DefaultValue List<String> publicAddresses,
            @DefaultValue("1000") int maxSessions,
            @DefaultValue("400") int maxSessionsPerAddress) {}

    /**
     * SRT callers, one listening port for each live; off while {@code firstPort} is 0.
     *
     * @param host address to bind
     * @param firstPort first UDP port to give out
     * @param ports how many may be given out, so how many lives can be fed over SRT at once
     * @param requireStreamid whether a caller without the show's streamid is refused; false for encoders that send none
     */
    public record Srt(
            @DefaultValue("0.0.0.0") String host,
            @DefaultValue("0") int firstPort,
            @DefaultValue("20") int ports,
            @DefaultValue("true") boolean requireStreamid) {}

    /**
     * Recordings.
     *
     * @param enabled whether lives are recorded
     * @param directory where; empty: {@code recordings} below {@code weir.data}
     * @param keep how long after their end; above 0
     * @param minFreeMegabytes a live is not recorded, and one being recorded stops, with less free space than this
     * @param s3 the bucket that keeps those that have ended
     */
    public record Recordings(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("") String directory,
            @DefaultValue("30d") Duration keep,
            @DefaultValue("512") long minFreeMegabytes,
            @DefaultValue S3 s3) {}

    /**
     * S3-compatible storage; off while {@code bucket} is empty, and recordings then stay in their folder.
     *
     * @param endpoint address of the service; empty: Amazon's of the region
     * @param region name of the region
     * @param bucket a bucket that exists
     * @param prefix folder in it, without slashes around it; empty: all of it
     * @param accessKey id of the key
     * @param secretKey the key itself; never shown or logged
     * @param pathStyle whether the bucket is named in the path (MinIO, Ceph) or in the host name (Amazon)
     */
    public record S3(
            @DefaultValue("") String endpoint,
            @DefaultValue("us-east-1") String region,
            @DefaultValue("") String bucket,
            @DefaultValue("") String prefix,
            @DefaultValue("") String accessKey,
            @DefaultValue("") String secretKey,
            @DefaultValue("false") boolean pathStyle) {

        @Override
        public String toString() {
            return "S3[endpoint=%s, region=%s, bucket=%s, prefix=%s]".formatted(endpoint, region, bucket, prefix);
        }
    }

    /**
     * An engine that serves the viewers past this hub: MediaMTX, LiveKit or a CDN. {@code {show}} in an address stands
     * for the show's id.
     *
     * @param push addresses that the stream of each live is pushed to; empty: none
     * @param whep the engine's WHEP address for players; empty: ours
     * @param hls the engine's HLS address for players; empty: ours
     */
    public record Edge(
            @DefaultValue List<String> push,
            @DefaultValue("") String whep,
            @DefaultValue("") String hls) {}
}
