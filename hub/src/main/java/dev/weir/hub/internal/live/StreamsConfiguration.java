package dev.weir.hub.internal.live;

import dev.weir.hub.internal.MediaSettings;
import dev.weir.hub.internal.WeirSettings;
import dev.weir.hub.internal.connections.TargetStore;
import dev.weir.hub.internal.security.SecretBox;
import dev.weir.live.LiveModule;
import dev.weir.simulcast.BucketConfig;
import dev.weir.simulcast.LiveStreamsConfig;
import dev.weir.simulcast.RecordingConfig;
import dev.weir.simulcast.SlateImage;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The media engine, joined to shows. */
@Configuration(proxyBeanMethods = false)
class StreamsConfiguration {
    @Bean
    TargetStore targetStore(JdbcClient jdbc, SecretBox box) {
        return new TargetStore(jdbc, box);
    }

    @Bean
    ViewerEdge viewerEdge(MediaSettings media) {
        return new ViewerEdge(media.edge());
    }

    @Bean(destroyMethod = "")
    ShowStreams showStreams(
            LiveModule live,
            TargetStore store,
            ViewerEdge edge,
            WeirSettings settings,
            MediaSettings media,
            Clock clock) {
        LiveStreamsConfig config =
                LiveStreamsConfig.standard().withHostGap(media.gap()).withFreeze(media.freeze());
        if (!media.slate().isBlank()) {
            config = config.withSlate(SlateImage.read(Path.of(media.slate())));
        }
        MediaSettings.Recordings recordings = media.recordings();
        if (recordings.enabled()) {
            config = config.withRecording(recording(recordings, settings));
        }
        return new ShowStreams(
                live.shows(),
                live.events(),
                store,
                edge,
                config,
                settings.demo().enabled(),
                clock);
    }

    private static RecordingConfig recording(MediaSettings.Recordings recordings, WeirSettings settings) {
        Path directory = recordings.directory().isBlank()
                ? settings.data().resolve("recordings")
                : Path.of(recordings.directory());
        var config = new RecordingConfig(directory, recordings.keep(), recordings.minFreeMegabytes() << 20);
        MediaSettings.S3 s3 = recordings.s3();
        return s3.bucket().isBlank() ? config : config.withBucket(bucket(s3));
    }

    private static BucketConfig bucket(MediaSettings.S3 s3) {
        return new BucketConfig(
                s3.endpoint().isBlank() ? null : URI.create(s3.endpoint()),
                s3.region(),
                s3.bucket(),
                s3.prefix(),
                s3.accessKey(),
                s3.secretKey(),
                s3.pathStyle());
    }

    @Bean
    ShowRecordings showRecordings(ShowStreams streams, MeterRegistry registry, Clock clock) {
        ShowRecordings recordings = streams.recordings();
        new RecordingMetrics(recordings, clock).register(registry);
        return recordings;
    }

    @Bean(destroyMethod = "")
    StreamPorts streamPorts(
            ShowStreams streams, BaseUrl baseUrl, WeirSettings settings, MediaSettings media, Clock clock) {
        return new StreamPorts(streams, baseUrl, settings, media, clock);
    }

    @Bean
    StreamNumbers streamNumbers(ShowStreams streams, StreamPorts ports, Clock clock) {
        return new StreamNumbers(streams, ports, clock);
    }

    @Bean
    StreamSampler streamSampler(StreamNumbers numbers, ShowStreams streams, MeterRegistry registry) {
        return new StreamSampler(numbers, new StreamMetrics(numbers, streams, registry));
    }
}
