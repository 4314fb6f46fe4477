package dev.weir.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program started for a measurement; gone when this process is, however it ends. */
public final class Child implements AutoCloseable {

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread hook;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.hook = new Thread(process::destroyForcibly, "kill-" + name);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts a program; what it prints goes to a file. */
    public static Child start(String name, Path log, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new Child(name, process, log);
    }

    /** Starts a class of ours in a Java of its own, with the class path of this one. */
    public static Child java(String name, Path log, List<String> jvm, Class<?> main, List<String> args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(args);
        return start(name, log, command);
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** False once it has ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed so far. */
    public String printed() throws IOException {
        return Files.readString(log);
    }

    /** Runs a program to its end and tells what it printed; throws when it did not end well. */
    public static String output(String name, Path log, List<String> command) throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        Child child = start(name, log, command);
        child.awaitEnd(120);
        return child.printed();
    }

    /** Waits for its end, at most so long; throws when it did not end well. */
    public void awaitEnd(long seconds) throws IOException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
            String text = printed();
            close();
            throw new IOException("%s: not ended well within %d s: %s"
                    .formatted(name, seconds, text.substring(Math.max(0, text.length() - 2000))));
        }
        close();
    }

    /** Kills it at once, as a power cut would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(5, TimeUnit.SECONDS);
    }

    /** Asks it to end, and kills it after 5 s. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The whole process is ending: the hook runs by itself.
            return;
        }
    }
}
