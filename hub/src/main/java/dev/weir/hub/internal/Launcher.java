package dev.weir.hub.internal;

import dev.weir.connectors.sandbox.SandboxServer;
import dev.weir.hub.internal.demo.DemoReport;
import dev.weir.hub.internal.demo.DemoSandbox;
import dev.weir.hub.internal.embedded.EmbeddedServers;
import dev.weir.hub.internal.watch.LogLines;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/** Does what the command line asks for; to start is: embedded servers side by side, then the application, then (demo) the show. */
public final class Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

    private Launcher() {}

    /** Returns 0 once everything runs, and the process then lives until it is told to stop; or once all is done. */
    public static int launch(String[] args) {
        Terminal terminal = Terminal.ofTheProcess();
        CommandLine command;
        try {
            command = CommandLine.parse(args);
        } catch (IllegalArgumentException e) {
            terminal.refuse(String.valueOf(e.getMessage()));
            return 2;
        }
        try {
            switch (command) {
                case CommandLine.Demo demo -> {
                    demo(demo, terminal.out());
                    if (demo.check()) {
                        System.exit(0);
                    }
                }
                case CommandLine.Run run -> run(run);
                case CommandLine.MapTest test -> {
                    return new MapTestRun(test, System.getenv(), terminal).run();
                }
                case CommandLine.Hooks hooks -> {
                    return new HooksRun(hooks, System.getenv(), terminal).run();
                }
                case CommandLine.Routes routes -> {
                    return new RoutesRun(routes, System.getenv(), terminal).run();
                }
                case CommandLine.Drift drift -> {
                    return new DriftRun(drift, System.getenv(), terminal).run();
                }
                case CommandLine.Ops ops -> {
                    return new OpsRun(ops, System.getenv(), terminal).run();
                }
                case CommandLine.Rerun rerun -> {
                    return new AttributionRerun(rerun, System.getenv(), Clock.systemUTC(), terminal).run();
                }
            }
            return 0;
        } catch (Exception e) {
            LOG.debug("Start failed", e);
            terminal.refuse("cannot start: " + rootMessage(e));
            return 1;
        }
    }

    private static void demo(CommandLine.Demo demo, PrintStream out) throws Exception {
        long began = System.nanoTime();
        if (demo.fresh()) {
            wipe(demo.data());
        }
        out.println("Starting PostgreSQL, Redis and Kafka under " + demo.data() + " …");
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", demo.port());
        properties.put("weir.data", demo.data().toString());
        properties.put("weir.rtmp.port", demo.rtmpPort());
        properties.put("weir.simulcast.webrtc.port", demo.webrtcPort());
        properties.put("weir.demo.enabled", true);
        properties.put("weir.routes.brand", DemoReport.BRAND);
        properties.put("weir.demo.host", demo.host());
        properties.put("weir.demo.sandbox-port", demo.sandboxPort());
        properties.put("weir.allow-private-addresses", true);
        FutureTask<SandboxServer> sandbox = new FutureTask<>(() -> DemoSandbox.start(demo.data(), demo.sandboxPort()));
        Thread.ofPlatform().name("sandbox").start(sandbox);
        ConfigurableApplicationContext context =
                start(demo.data(), List.of("postgres", "redis", "kafka"), properties, sandbox);
        context.getBean(DemoReport.class).print(out, (System.nanoTime() - began) / 1_000_000_000.0);
    }

    private static void run(CommandLine.Run run) throws Exception {
        if (!Files.isRegularFile(run.config())) {
            throw new IllegalArgumentException("--config: " + run.config() + " (expected: a file that exists)");
        }
        StandardEnvironment environment = new StandardEnvironment();
        for (PropertySource<?> source :
                new YamlPropertySourceLoader().load("config", new FileSystemResource(run.config()))) {
            environment.getPropertySources().addLast(source);
        }
        Binder binder = Binder.get(environment);
        binder.bind("weir.log", String.class).ifBound(LogLines::write);
        List<String> embedded =
                binder.bind("weir.embedded", Bindable.listOf(String.class)).orElse(List.of());
        Path data = Path.of(binder.bind("weir.data", String.class).orElse("data"));
        start(
                data,
                embedded,
                new HashMap<>(),
                null,
                "--spring.config.additional-location=file:" + run.config().toAbsolutePath());
    }

    private static ConfigurableApplicationContext start(
            Path data,
            List<String> embedded,
            Map<String, Object> properties,
            @Nullable FutureTask<SandboxServer> sandbox,
            String... arguments)
            throws Exception {
        EmbeddedServers servers = EmbeddedServers.start(data, embedded);
        try {
            SpringApplication application = new SpringApplication(HubConfiguration.class);
            application.setRegisterShutdownHook(false);
            properties.putAll(servers.properties());
            application.addInitializers(context -> context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("command line", properties)));
            if (sandbox != null) {
                SandboxServer running = sandbox.get();
                properties.putAll(DemoSandbox.paymentProperties(running));
                application.addInitializers(
                        context -> context.getBeanFactory().registerSingleton("sandboxServer", running));
            }
            ConfigurableApplicationContext context = application.run(arguments);
            // One hook, so that the application is through with its servers before they stop.
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
                        context.close();
                        if (sandbox != null) {
                            sandbox.resultNow().close();
                        }
                        servers.close();
                    }));
            return context;
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /** Only a folder that Weir made is wiped. */
    private static void wipe(Path data) throws IOException {
        if (!Files.exists(data)) {
            return;
        }
        if (!Files.exists(data.resolve("weir.lock"))) {
            throw new IllegalArgumentException(
                    "--data: " + data + " (expected: with --fresh, a folder that Weir made)");
        }
        EmbeddedServers.endOrphans(data);
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(data))
                    .forEach(Launcher::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be removed", e);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
