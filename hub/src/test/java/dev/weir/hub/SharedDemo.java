package dev.weir.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/**
 * One hub for the stories that keep to products of their own: it starts with the first of them and stops with the last test.
 * Stories that stream, kill, or need settings start one for themselves.
 */
final class SharedDemo implements ParameterResolver {
    private static final Namespace HERE = Namespace.create(SharedDemo.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DemoProcess.class;
    }

    @Override
    public DemoProcess resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(HERE)
                .getOrComputeIfAbsent(Running.class, any -> Running.start(), Running.class)
                .demo();
    }

    private record Running(DemoProcess demo, Path data) implements ExtensionContext.Store.CloseableResource {

        static Running start() {
            try {
                Path data = Files.createTempDirectory("weir-shared-demo");
                return new Running(DemoProcess.start(data, "--no-host"), data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            demo.close();
            FileSystemUtils.deleteRecursively(data);
        }
    }
}
