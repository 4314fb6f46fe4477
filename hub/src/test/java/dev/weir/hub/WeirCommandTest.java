package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script sees of a command that cannot do it: nothing on standard output, one line on the other, and a status. */
class WeirCommandTest {
    @TempDir
    Path folder;

    private record Ended(int status, String out, String err) {}

    @ParameterizedTest
    @CsvSource({
        "dance,weir: command: dance",
        "dead bury,weir: dead: bury (expected: list",
        "drift list --jsn,weir: --jsn: unknown option",
        "connections --hub nowhere,weir: --hub: nowhere (expected: an address",
        "run --config none.yml,weir: cannot start: IllegalArgumentException: --config: none.yml"
    })
    void wrongCall_isToldOnStandardError(String line, String words) throws Exception {
        Ended ended = run(line.split(" "));

        assertThat(ended.status()).isEqualTo(line.startsWith("run") ? 1 : 2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines()).singleElement().asString().startsWith(words);
    }

    @Test
    void hubThatDoesNotAnswer_isToldThere_too() throws Exception {
        Ended ended = run("parked", "--json", "--hub", "http://127.0.0.1:1", "--key", "k");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith("weir: http://127.0.0.1:1 does not answer");
    }

    private Ended run(String... words) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder command = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.weir.hub.Weir");
        command.command().addAll(java.util.List.of(words));
        int status = command.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Ended(status, text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
