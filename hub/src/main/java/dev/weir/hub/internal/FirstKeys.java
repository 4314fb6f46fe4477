package dev.weir.hub.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.hub.internal.security.ApiKeys;
import dev.weir.hub.internal.security.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How does the first person get in? A hub without any key mints one per role, once, into a file of its owner's. */
@Component
@ConditionalOnProperty(name = "weir.demo.enabled", havingValue = "false", matchIfMissing = true)
class FirstKeys implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(FirstKeys.class);

    private final ApiKeys keys;
    private final JdbcClient jdbc;
    private final WeirSettings settings;
    private final ObjectMapper json;

    FirstKeys(ApiKeys keys, JdbcClient jdbc, WeirSettings settings, ObjectMapper json) {
        this.keys = keys;
        this.jdbc = jdbc;
        this.settings = settings;
        this.json = json;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (!keys.none()) {
            return;
        }
        String brand = settings.brand();
        jdbc.sql("insert into brand (id, name) values (?, ?) on conflict do nothing")
                .params(brand, brand)
                .update();
        Path file = settings.data().resolve("first-keys.json");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Map<String, String> minted = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            minted.put(role.label(), keys.mint(brand, role, "first"));
        }
        Files.write(file, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(minted));
        LOG.info("The first keys of brand {} are in {}", brand, file);
    }
}
