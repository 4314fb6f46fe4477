package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What those who keep it running are given, held against a hub that runs. */
@ExtendWith(SharedDemo.class)
class OperationsTest {
    private static final Path OPERATIONS = Path.of("..", "docs", "operations");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern NAME = Pattern.compile("\\b(?:weir|http|hikaricp|jvm|process|system)_[a-z0-9_]+");
    private static final Duration TWO_PERIODS = Duration.ofSeconds(30);

    private static DemoProcess demo;
    private static String scrape;

    /** Makes each thing happen once that has no row before it does. */
    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
        JsonNode hold = demo.hold("BOWL-INK", 1, UUID.randomUUID().toString()).json();
        demo.checkout(hold.path("token").asText());
        String shop = shop();
        demo.post("/webhooks/shopify/" + shop, "", "{}");
        demo.post("/api/connections/" + shop + "/check", "operator", "");
        demo.post(
                demo.sandbox("/sandbox/shopify/orders"),
                null,
                "{\"sku\":\"BOWL-INK\",\"quantity\":1}".getBytes(StandardCharsets.UTF_8));
        await().atMost(TWO_PERIODS)
                .until(() -> Set.of(
                                "weir_webhooks_stored_total",
                                "weir_webhooks_forged_total",
                                "weir_channel_breaker",
                                "weir_stock_behind_seconds",
                                "weir_targets",
                                "weir_payments_seconds_count")
                        .stream()
                        .allMatch(name -> scraped().contains("\n" + name + "{")));
        scrape = scraped();
    }

    @Test
    void everyMetricOfOurs_isDocumented_andNoneThatIsNot() throws IOException {
        Set<String> documented = Files.readAllLines(OPERATIONS.resolve("metrics.md")).stream()
                .filter(line -> line.startsWith("| `weir_"))
                .flatMap(line -> names(line.substring(0, line.indexOf('|', 1))).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(families());
    }

    @Test
    void dashboard_asksForNothingThatIsNotThere() throws IOException {
        JsonNode dashboard = DemoProcess.JSON.readTree(
                OPERATIONS.resolve("grafana-dashboard.json").toFile());
        List<String> questions = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(panel.path("title").asText()).isNotBlank();
            panel.path("targets")
                    .forEach(target -> questions.add(target.path("expr").asText()));
        }

        assertThat(questions).hasSizeGreaterThan(30).allSatisfy(OperationsTest::isAnswered);
    }

    @Test
    void everyAlert_saysHowBadItIsAndWhatToDo_andAsksForWhatIsThere() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file =
                new Yaml().load(Files.readString(OPERATIONS.resolve("alerts.yml")));
        List<Map<String, Object>> rules = file.getOrDefault("groups", List.of()).stream()
                .flatMap(group -> group.getOrDefault("rules", List.of()).stream())
                .toList();

        assertThat(rules)
                .hasSizeGreaterThan(20)
                .extracting(rule -> rule.get("alert"))
                .doesNotHaveDuplicates();
        assertThat(rules).allSatisfy(rule -> {
            isAnswered(String.valueOf(rule.get("expr")));
            assertThat(String.valueOf(rule.get("alert"))).matches("Weir[A-Za-z]+");
            assertThat(String.valueOf(rule.get("for"))).matches("\\d+[mh]");
            assertThat(words(rule, "labels").get("severity")).isIn("page", "warn");
            assertThat(words(rule, "annotations").get("summary")).isNotBlank();
            assertThat(words(rule, "annotations").get("action")).isNotBlank();
        });
    }

    @Test
    void tapsAndHolds_areCountedByWhatCameOfThem() {
        double refused = value("weir_taps_seconds_count{outcome=\"invalid\"}");

        demo.post("/api/holds", "", "{\"showId\":\"%s\",\"lines\":[]}".formatted(demo.showId()));

        assertThat(value("weir_taps_seconds_count{outcome=\"invalid\"}")).isEqualTo(refused + 1);
        assertThat(value("weir_taps_seconds_bucket{outcome=\"granted\",le=\"+Inf\"}"))
                .isPositive();
        assertThat(value("weir_hold_moves_total{to=\"held\"}")).isPositive();
        assertThat(value("weir_gate{state=\"open\"}")).isEqualTo(1);
    }

    @Test
    void whatWaitsInTheDatabase_isCounted_everyTenSecondsAtMost() {
        demo.hold("BOWL-INK", 1, UUID.randomUUID().toString());

        await().atMost(TWO_PERIODS).until(() -> value("weir_holds{state=\"held\"}") >= 1);
        assertThat(value("weir_holds_oldest_age_seconds{state=\"held\"}")).isNotNegative();
        assertThat(value("weir_stock_proofs{state=\"broken\"}")).isZero();
        assertThat(value("weir_database_reading_age_seconds")).isLessThan(30);
    }

    @Test
    void noMetric_tellsOfASkuOrABuyer() {
        assertThat(scrape).doesNotContain("BOWL-INK", "buyer@example.com", "sku=", "order=", "buyer=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/orders", "/live", "/readiness", "/liveness"})
    void health_isToldToAnyone_withoutDetails(String group) {
        DemoProcess.Answer answer = demo.get("/actuator/health" + group, "");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("UP");
        assertThat(answer.text()).doesNotContain("components", "details", "PostgreSQL");
    }

    @Test
    void healthOfEachPart_isToldToOpsAlone_withoutDetails() {
        DemoProcess.Answer told = demo.get("/actuator/health", "ops");

        assertThat(told.json().path("components").path("db").path("status").asText())
                .as(told.text())
                .isEqualTo("UP");
        assertThat(told.text()).doesNotContain("details", "PostgreSQL");
        assertThat(demo.get("/actuator/health", "operator").text()).doesNotContain("components");
    }

    private static void isAnswered(String question) {
        List<String> asked = names(question);
        assertThat(asked)
                .as(question)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(scrape.lines())
                        .as(name)
                        .anyMatch(line -> line.startsWith(name + "{") || line.startsWith(name + " ")));
        assertThat(question.chars().filter(c -> c == '(').count())
                .as(question)
                .isEqualTo(question.chars().filter(c -> c == ')').count());
    }

    private static List<String> names(String question) {
        return NAME.matcher(QUOTED.matcher(question).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** Names as Prometheus groups them: the greatest value of a timer is no name of its own. */
    private static Set<String> families() {
        Set<String> families = scrape.lines()
                .filter(line -> line.startsWith("# TYPE weir_"))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.toCollection(TreeSet::new));
        families.removeIf(name -> name.endsWith("_max") && families.contains(name.substring(0, name.length() - 4)));
        return families;
    }

    private static double value(String series) {
        return scraped()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String scraped() {
        return demo.get("/actuator/prometheus", "ops").text();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> words(Map<String, Object> rule, String key) {
        return (Map<String, String>) rule.getOrDefault(key, Map.of());
    }

    private static String shop() {
        for (JsonNode one : demo.get("/api/connections", "operator").json().path("items")) {
            if (one.path("channel").asText().equals("shopify")) {
                return one.path("id").asText();
            }
        }
        throw new AssertionError("no shopify connection");
    }
}
