package dev.weir.bench.torture;

import dev.weir.bench.torture.TortureRun.Pass;
import dev.weir.bench.torture.TortureRun.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said of the two passes, and which promise was broken? */
final class Report {
    private static final int MOST_DIFFERENCES = 20;

    private final TortureSettings settings;
    private final Script script;
    private final Path folder;
    private final List<String> lines = new ArrayList<>();

    Report(TortureSettings settings, Script script, Path folder) {
        this.settings = settings;
        this.script = script;
        this.folder = folder;
        lines.add(String.format(
                Locale.ROOT,
                "seed %d: %,d webhooks %s, %d sales at a shop that is asked",
                settings.seed(),
                script.webhooks().size(),
                script.byChannel(),
                script.unheard().size()));
    }

    Verdict of(Pass calm, Pass pass) {
        lines.add("calm:     " + line(calm));
        lines.add("tortured: " + line(pass));
        lines.add(String.format(
                Locale.ROOT,
                "  not accepted at first: %,d answered 503, %,d lost with the connection, %,d found nobody; each came again",
                pass.answers().refused(),
                pass.answers().lost(),
                pass.answers().nobody()));
        lines.add("  under way when the last was accepted: " + pass.behind());
        pass.blows().forEach(blow -> lines.add("  " + blow));
        List<String> differences = calm.state().differences(pass.state());
        boolean same = TortureRun.same(calm, pass);
        lines.add(String.format(
                Locale.ROOT,
                "end state: %,d facts, %,d bytes, %s",
                calm.state().size(),
                calm.state().bytes().length,
                same ? "the same to the byte" : differences.size() + " differ"));
        return new Verdict(List.copyOf(lines), broken(calm, pass, differences));
    }

    private String line(Pass pass) {
        return String.format(
                Locale.ROOT,
                "%,d deliveries, %,d of one copy alone; all accepted after %.1f s, settled after %.1f s; %,d orders",
                pass.deliveries(),
                pass.once(),
                pass.acceptedSeconds(),
                pass.settledSeconds(),
                pass.state().count("order"));
    }

    private List<String> broken(Pass calm, Pass tortured, List<String> differences) {
        List<String> broken = new ArrayList<>();
        for (Pass pass : List.of(calm, tortured)) {
            pass.answers()
                    .odd()
                    .forEach((answer, times) ->
                            broken.add(times + " times answered " + answer + " (expected: 200, or 503)"));
            long kept = pass.state().count("delivery");
            if (kept != script.webhooks().size()) {
                broken.add("rows of deliveries: " + kept + " (expected: "
                        + script.webhooks().size() + ")");
            }
        }
        differences.stream().limit(MOST_DIFFERENCES).forEach(broken::add);
        if (differences.size() > MOST_DIFFERENCES) {
            broken.add("and " + (differences.size() - MOST_DIFFERENCES) + " more; all of both states in " + folder);
        }
        if (!broken.isEmpty()) {
            broken.add("again: bench/run Torture webhooks=%d seed=%d kills=%d; logs and states of this run: %s"
                    .formatted(settings.webhooks(), settings.seed(), settings.kills(), folder));
        }
        return broken;
    }
}
