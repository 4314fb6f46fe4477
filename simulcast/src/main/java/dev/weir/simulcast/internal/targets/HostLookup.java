package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.internal.ffmpeg.NativeException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Resolves a name before FFmpeg does: its own lookup cannot be interrupted, this one can be left behind. */
final class HostLookup {

    private HostLookup() {}

    static void check(String host, Duration timeout) throws NativeException, InterruptedException {
        var found = new CompletableFuture<InetAddress>();
        Thread.ofPlatform().daemon().name("target-dns").start(() -> {
            try {
                found.complete(InetAddress.getByName(host));
            } catch (UnknownHostException e) {
                found.completeExceptionally(e);
            }
        });
        try {
            found.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw NativeException.of("host: %s is not known (expected: a name that resolves)".formatted(host));
        } catch (TimeoutException e) {
            throw NativeException.of("host: %s did not resolve within %s".formatted(host, timeout));
        }
    }
}
