package dev.weir.bench.fire;

import dev.weir.bench.rig.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of the hubs: a process, and the port that it keeps over its deaths. */
final class Hub implements AutoCloseable {
    private static final List<String> JVM = List.of(
            "-Xmx160m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Dlogback.statusListenerClass=" + "ch.qos.logback.core.status.NopStatusListener");

    private final String name;
    private final Class<?> main;
    private final HubArgs args;
    private final Path log;
    private final Caller caller;
    private volatile Child process;

    Hub(String name, Class<?> main, HubArgs args, Path log, Caller caller) throws IOException {
        this.name = name;
        this.main = main;
        this.args = args;
        this.log = log;
        this.caller = caller;
        this.process = Child.java(name, log, JVM, main, args.list());
    }

    int port() {
        return args.port();
    }

    long pid() {
        return process.pid();
    }

    void kill() throws InterruptedException {
        process.kill();
        process.close();
    }

    void restart() throws IOException {
        process = Child.java(name, log, JVM, main, args.list());
    }

    /** Waits until it answers, 60 s at most. */
    void awaitReady() throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (caller.call(port(), "ready", "", "", "").word() != Answer.Word.DONE) {
            if (System.nanoTime() > until || !process.isAlive()) {
                throw new IOException(name + ": not ready: " + process.printed());
            }
            Thread.sleep(30);
        }
    }

    /** Milliseconds off the system's clock. */
    void shiftClock(long millis) {
        caller.call(port(), "clock", "", Long.toString(millis), "");
    }

    @Override
    public void close() {
        process.close();
    }
}
