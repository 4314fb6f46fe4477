package dev.weir.hub.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    @Test
    void demo_hasTheDocumentedDefaults() {
        assertThat(parse("demo"))
                .isEqualTo(new CommandLine.Demo(false, Path.of("data"), 8080, 1935, 8189, 9080, true, false));
    }

    @Test
    void demo_takesEveryOption() {
        assertThat(
                        parse(
                                "demo --fresh --data d --port 1 --rtmp-port 2 --webrtc-port 3 --sandbox-port 4 --no-host --check"))
                .isEqualTo(new CommandLine.Demo(true, Path.of("d"), 1, 2, 3, 4, false, true));
    }

    @Test
    void run_wantsAFile() {
        assertThat(parse("run --config weir.yml")).isEqualTo(new CommandLine.Run(Path.of("weir.yml")));
        assertThatThrownBy(() -> parse("run")).hasMessageContaining("--config: missing");
    }

    @Test
    void rerun_takesDaysAndInstants_andWantsAVersion() {
        assertThat(parse("attribution rerun --version 2 --from 2026-11-01 --to 2026-11-24T18:00:00Z"
                        + " --hub https://live.example.com --key k"))
                .isEqualTo(new CommandLine.Rerun(
                        2,
                        Instant.parse("2026-11-01T00:00:00Z"),
                        Instant.parse("2026-11-24T18:00:00Z"),
                        URI.create("https://live.example.com"),
                        "k"));
        assertThat(parse("attribution rerun --version 1")).isEqualTo(new CommandLine.Rerun(1, null, null, null, null));
    }

    @Test
    void drift_isListed_runWithItsMode_healedAndTakenBack() {
        assertThat(parse("drift list"))
                .isEqualTo(new CommandLine.Drift("list", null, "heal", false, false, false, null, null));
        assertThat(parse("drift run shopify --mode report --listings --hub https://live.example.com --key k"))
                .isEqualTo(new CommandLine.Drift(
                        "run", "shopify", "report", false, true, false, URI.create("https://live.example.com"), "k"));
        assertThat(parse("drift run shopify --force"))
                .isEqualTo(new CommandLine.Drift("run", "shopify", "heal", true, false, false, null, null));
        assertThat(parse("drift undo d1 --json"))
                .isEqualTo(new CommandLine.Drift("undo", "d1", "heal", false, false, true, null, null));
        assertThatThrownBy(() -> parse("drift run")).hasMessageContaining("expected: drift run SHOP");
        assertThatThrownBy(() -> parse("drift mend")).hasMessageContaining("list, run, heal or undo");
        assertThatThrownBy(() -> parse("drift run shopify --mode guess")).hasMessageContaining("--mode: guess");
    }

    @Test
    void mapTest_takesAChannelAndAFile_andEveryOption() {
        assertThat(parse("map test shopify order.json"))
                .isEqualTo(new CommandLine.MapTest(
                        "shopify", Path.of("order.json"), null, null, null, Path.of("data"), null, null));
        assertThat(parse("map test shopify o.json --map listing --with w.jslt --brand kiln --data d"
                        + " --hub https://live.example.com --key k"))
                .isEqualTo(new CommandLine.MapTest(
                        "shopify",
                        Path.of("o.json"),
                        "listing",
                        Path.of("w.jslt"),
                        "kiln",
                        Path.of("d"),
                        URI.create("https://live.example.com"),
                        "k"));
    }

    @Test
    void hooks_areListed_orToldAgainSinceADay() {
        assertThat(parse("hooks list --key k")).isEqualTo(new CommandLine.HookList(null, "k"));
        assertThat(parse("hooks replay ERP --since 2026-11-24 --hub https://live.example.com"))
                .isEqualTo(new CommandLine.HookReplay(
                        "ERP", Instant.parse("2026-11-24T00:00:00Z"), URI.create("https://live.example.com"), null));
    }

    @Test
    void routes_areListedCheckedAppliedApprovedAndTakenBack() {
        assertThat(parse("routes list")).isEqualTo(routes(CommandLine.Routes.Act.LIST, null, null, null, null));
        assertThat(parse("routes validate r.yaml"))
                .isEqualTo(routes(CommandLine.Routes.Act.VALIDATE, Path.of("r.yaml"), null, null, null));
        assertThat(parse("routes apply r.yaml --note faster"))
                .isEqualTo(routes(CommandLine.Routes.Act.APPLY, Path.of("r.yaml"), null, null, "faster"));
        assertThat(parse("routes approve order-push 3"))
                .isEqualTo(routes(CommandLine.Routes.Act.APPROVE, null, "order-push", 3, null));
        assertThat(parse("routes rollback order-push"))
                .isEqualTo(routes(CommandLine.Routes.Act.ROLLBACK, null, "order-push", null, null));
    }

    private static CommandLine routes(
            CommandLine.Routes.Act act, Path file, String route, Integer version, String note) {
        return new CommandLine.Routes(act, file, route, version, note, null, null);
    }

    @ParameterizedTest
    @CsvSource({
        "hooks,hooks: null (expected: list or replay)",
        "hooks replay,ENDPOINT: missing",
        "hooks replay ERP,--since: missing",
        "hooks list --wrong,--wrong: unknown option",
        "dance,command: dance",
        "demo --port,--port: missing",
        "demo --port x,--port: x (expected: 0..65535)",
        "demo --port 70000,--port: 70000",
        "demo --wrong,--wrong: unknown option",
        "map,map: null (expected: test)",
        "map test,CHANNEL: missing",
        "map test shopify --map,FILE: missing",
        "map test shopify f --wrong,--wrong: unknown option",
        "routes,routes: null (expected: list",
        "routes validate,FILE: missing (expected: a route file)",
        "routes approve order-push,VERSION: missing (expected: a number)",
        "routes approve order-push two,VERSION: two (expected: a number)",
        "routes rollback,ROUTE: missing",
        "attribution,attribution: null (expected: rerun)",
        "attribution rerun,--version: missing",
        "attribution rerun --version two,--version: two (expected: a number)",
        "attribution rerun --version 2 --from soon,--from: soon (expected: a day",
        "attribution rerun --version 2 --hub live.example,--hub: live.example (expected: an address",
    })
    void whatIsNotUnderstood_isNamed(String line, String message) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static CommandLine parse(String line) {
        return CommandLine.parse(line.split(" "));
    }
}
