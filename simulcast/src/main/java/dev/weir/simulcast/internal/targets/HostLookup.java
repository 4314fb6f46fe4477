package dev.weir.simulcast.internal.targets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Resolves a name beside everything else: the lookup itself cannot be interrupted, but it can be left behind. */
final class HostLookup {

    private HostLookup() {}

    /**
     * The addresses of that name, in the order to try them.
     *
     * @throws UnknownHostException when there are none, not within {@code timeout}, or not before the signal
     */
    static List<InetAddress> find(String host, Duration timeout, StopSignal stop)
            throws UnknownHostException, InterruptedException {
        var found = new CompletableFuture<List<InetAddress>>();
        Thread.ofPlatform().daemon().name("target-dns").start(() -> {
            try {
                found.complete(List.of(InetAddress.getAllByName(host)));
            } catch (UnknownHostException e) {
                found.completeExceptionally(e);
            }
        });
        stop.then(() -> found.completeExceptionally(new UnknownHostException(host)));
        try {
            return found.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new UnknownHostException("host: %s is not known (expected: a name that resolves)".formatted(host));
        } catch (TimeoutException e) {
            throw new UnknownHostException("host: %s did not resolve within %s".formatted(host, timeout));
        }
    }
}
