package dev.weir.routes.internal;

import dev.weir.routes.HookSettings;
import dev.weir.routes.OutgoingWebhooks.AddressCheck;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What does an endpoint say to one event? Redirects are not followed, of the answer 1,000 bytes are read, and the whole takes no
 * longer than the settings say. Thread-safe.
 */
final class HookCall implements AutoCloseable {
    /** Of an answer's body. */
    static final int MOST_READ = 1_000;

    private static final Duration LONGEST_WISH = Duration.ofHours(1);

    private final HookSettings settings;
    private final AddressCheck addresses;
    private final HttpClient client;
    private volatile boolean closed;

    HookCall(HookSettings settings, AddressCheck addresses) {
        this.settings = settings;
        this.addresses = addresses;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connect())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** How it went. */
    sealed interface Answer {
        /** Any status; {@code later} is how long the endpoint asks to be left alone, an hour at most. */
        record Said(int status, String text, Duration later) implements Answer {
            boolean isTaken() {
                return status >= 200 && status < 300;
            }
        }

        /** There was no answer. */
        record Silent(String reason) implements Answer {}
    }

    Answer post(HookRows.Target target, String eventId, String body, Instant now) {
        try {
            addresses.check("url", target.url());
            return answer(client.sendAsync(request(target, eventId, body, now), info -> new HeadOfBody(MOST_READ)));
        } catch (IllegalArgumentException e) {
            return new Answer.Silent(Sql.cut(e.getMessage(), 300));
        }
    }

    private HttpRequest request(HookRows.Target target, String eventId, String body, Instant now) {
        long seconds = now.getEpochSecond();
        return HttpRequest.newBuilder(URI.create(target.url()))
                .timeout(settings.answer())
                .header("content-type", "application/json")
                .header("user-agent", "Weir/1")
                .header("webhook-id", eventId)
                .header("webhook-timestamp", Long.toString(seconds))
                .header("webhook-signature", HookSigning.header(target.secrets(), eventId, seconds, body))
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
    }

    private Answer answer(CompletableFuture<HttpResponse<String>> asked) {
        try {
            HttpResponse<String> response = asked.get(settings.answer().toMillis(), TimeUnit.MILLISECONDS);
            return new Answer.Said(response.statusCode(), Sql.cut(response.body(), MOST_READ), later(response));
        } catch (TimeoutException e) {
            asked.cancel(true);
            return silent();
        } catch (ExecutionException e) {
            boolean isLate = e.getCause() instanceof HttpTimeoutException
                    && !(e.getCause() instanceof HttpConnectTimeoutException);
            return isLate ? silent() : new Answer.Silent(reason(e.getCause()));
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            return new Answer.Silent("cut off, because this hub stops");
        }
    }

    private Answer silent() {
        return new Answer.Silent("no answer within " + settings.answer().toMillis() + " ms");
    }

    private static String reason(@Nullable Throwable cause) {
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                ? "no connection: " + Sql.cut(String.valueOf(cause.getMessage()), 200)
                : Sql.cut(String.valueOf(cause), 300);
    }

    private static Duration later(HttpResponse<String> response) {
        String wish = response.headers().firstValue("retry-after").orElse("");
        if (!wish.matches("\\d{1,6}")) {
            return Duration.ZERO;
        }
        Duration wished = Duration.ofSeconds(Long.parseLong(wish));
        return wished.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wished;
    }

    /** Whether a lack of answers is our own doing. */
    boolean isClosed() {
        return closed;
    }

    /** Cuts off what is under way. */
    @Override
    public void close() {
        closed = true;
        client.shutdownNow();
    }
}
