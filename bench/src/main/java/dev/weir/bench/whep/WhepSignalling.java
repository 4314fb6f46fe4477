package dev.weir.bench.whep;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** WHEP as the draft has it: POST the offer, 201 with the answer, DELETE to leave. */
public final class WhepSignalling implements Signalling {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final URI url;

    /** Joins at that address. */
    public WhepSignalling(URI url) {
        this.url = url;
    }

    @Override
    public Joined join(LocalSdp local, UnaryOperator<InetSocketAddress> connect)
            throws IOException, InterruptedException {
        HttpRequest offer = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/sdp")
                .POST(HttpRequest.BodyPublishers.ofString(local.offer()))
                .build();
        HttpResponse<String> answer = client.send(offer, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException("WHEP answer: %d %s (expected: 201)"
                    .formatted(answer.statusCode(), answer.body().strip()));
        }
        URI session = url.resolve(answer.headers().firstValue("Location").orElse(""));
        RemoteSdp remote = RemoteSdp.parse(answer.body());
        var _ = connect.apply(remote.address());
        return new Joined(remote, () -> delete(session));
    }

    private void delete(URI session) throws IOException, InterruptedException {
        HttpRequest bye =
                HttpRequest.newBuilder(session).timeout(PATIENCE).DELETE().build();
        client.send(bye, HttpResponse.BodyHandlers.discarding());
    }
}
