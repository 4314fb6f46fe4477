package dev.weir.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How is a process, with all it has started, stopped for a while or for good? POSIX only. */
public final class Signals {
    private Signals() {}

    /** SIGSTOP; the process first, so that it starts no more. */
    public static void pause(long pid) throws IOException, InterruptedException {
        send("STOP", List.of(pid));
        send("STOP", below(pid));
    }

    /** SIGCONT. */
    public static void resume(long pid) throws IOException, InterruptedException {
        send("CONT", below(pid));
        send("CONT", List.of(pid));
    }

    /** SIGKILL, and waits until they are gone. */
    public static void kill(long pid) throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(
                        ProcessHandle.of(pid).stream(),
                        ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (all.stream().anyMatch(process -> isThere(process.pid())) && System.nanoTime() < until) {
            Thread.sleep(10);
        }
    }

    /** A zombie is not there: whoever inherited it may never ask for it. */
    private static boolean isThere(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Long> below(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .toList();
    }

    private static void send(String signal, List<Long> pids) throws IOException, InterruptedException {
        if (pids.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        pids.forEach(pid -> command.add(pid.toString()));
        // One of them may have ended meanwhile: its error is no failure.
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor(5, TimeUnit.SECONDS);
    }
}
