package dev.weir.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every address that a page, a style sheet or a module names must be on the classpath. */
class ConsoleAssetsTest {
    private static final Pattern MAPPED = Pattern.compile("\"([^\"]+)\": \"(/webjars/[^\"]+)\"");
    private static final Pattern LINKED = Pattern.compile("(?:href|src|url\\()=?\"?'?(/assets/[\\w./-]+)");
    private static final Pattern IMPORTED = Pattern.compile(
            "(?:^|[;\\s}])(?:import|from)\\s*\\(?\\s*[\"']([^\"']+)[\"']|from\"([^\"]+)\"|import\"([^\"]+)\"");

    @Test
    void everyAddressOfTheImportMap_isOnTheClasspath() {
        assertThat(map()).isNotEmpty().allSatisfy((name, url) -> {
            String probe = url.endsWith("/") ? url + "package.json" : url;
            assertThat(exists("META-INF/resources" + probe))
                    .as("%s: %s", name, url)
                    .isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource(ConsolePage.class)
    void everyModuleThatAPageReaches_isOnTheClasspath(ConsolePage page) throws IOException {
        Deque<String> open = new ArrayDeque<>(linked(ConsolePages.html(page)));
        assertThat(open).anySatisfy(url -> assertThat(url).endsWith(".js"));
        Set<String> seen = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            String url = open.pop();
            if (!seen.add(url)) {
                continue;
            }
            assertThat(exists(resource(url)))
                    .as("%s, reached from %s", url, page)
                    .isTrue();
            if (url.endsWith(".js") && !url.contains("hls.js") || url.endsWith(".css")) {
                open.addAll(linked(read(resource(url))));
                open.addAll(imported(url, read(resource(url))));
            }
        }
        assertThat(seen).contains("/webjars/lit-html/3.3.2/lit-html.js");
    }

    @ParameterizedTest
    @EnumSource(ConsolePage.class)
    void everyPage_hasTheImportMapAsItsOnlyInlineScript(ConsolePage page) {
        String html = ConsolePages.html(page);
        List<String> scripts = Pattern.compile("<script[^>]*>([^<]*)</script>")
                .matcher(html)
                .results()
                .map(match -> match.group(1))
                .filter(text -> !text.isEmpty())
                .toList();
        assertThat(scripts).containsExactly(ConsolePages.importMap());
        assertThat(html).doesNotContainPattern("\\son\\w+=").doesNotContain("javascript:");
        assertThat(html.replace(ConsolePages.importMap(), ""))
                .as("every place is filled")
                .doesNotContain("{", "<!--");
    }

    @Test
    void policy_allowsTheImportMapByItsHash() {
        assertThat(ConsolePages.importMapSource()).matches("'sha256-[A-Za-z0-9+/]{43}='");
        assertThat(ConsolePages.contentSecurityPolicy())
                .contains("script-src 'self' " + ConsolePages.importMapSource() + ";")
                .doesNotContain("stripe");
        assertThat(ConsolePages.contentSecurityPolicy(true, List.of())).contains("frame-src https://js.stripe.com");
    }

    @Test
    void policy_allowsMediaFromEdges_andNothingThatIsNoOrigin() {
        String policy = ConsolePages.contentSecurityPolicy(false, List.of("https://edge.example:8889"));
        assertThat(policy)
                .contains("connect-src 'self' https://edge.example:8889;")
                .contains("media-src 'self' blob: https://edge.example:8889;");
        assertThatThrownBy(() -> ConsolePages.contentSecurityPolicy(false, List.of("https://a.example; script-src *")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: an origin");
    }

    private static Map<String, String> map() {
        Map<String, String> map = new LinkedHashMap<>();
        MAPPED.matcher(ConsolePages.importMap()).results().forEach(m -> map.put(m.group(1), m.group(2)));
        return map;
    }

    private static List<String> linked(String text) {
        return LINKED.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static List<String> imported(String from, String module) {
        return IMPORTED.matcher(module)
                .results()
                .map(ConsoleAssetsTest::name)
                .map(name -> resolve(from, name))
                .toList();
    }

    private static String name(MatchResult match) {
        return match.group(1) != null ? match.group(1) : match.group(2) != null ? match.group(2) : match.group(3);
    }

    private static String resolve(String from, String name) {
        if (name.startsWith(".")) {
            return java.net.URI.create(from).resolve(name).toString();
        }
        Map<String, String> map = map();
        if (map.containsKey(name)) {
            return map.get(name);
        }
        return map.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("/") && name.startsWith(entry.getKey()))
                .findFirst()
                .map(entry -> entry.getValue() + name.substring(entry.getKey().length()))
                .orElseThrow(() -> new AssertionError(name + ": not in the import map (imported by " + from + ")"));
    }

    private static String resource(String url) {
        return url.startsWith("/webjars/") ? "META-INF/resources" + url : ConsolePages.ROOT + url.substring(1);
    }

    private static boolean exists(String resource) {
        return ConsoleAssetsTest.class.getClassLoader().getResource(resource) != null;
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = ConsoleAssetsTest.class.getClassLoader().getResourceAsStream(resource)) {
            return new String(java.util.Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
