package dev.weir.pim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.mapping.BrandMaps;
import dev.weir.connectors.mapping.MapText;
import dev.weir.connectors.mapping.Mappings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Is a product system connected by settings and maps alone, however it lays out its lists? */
class PimSetUpTest {
    private ChannelBench bench;
    private HttpServer house;
    private final Map<String, String> answers = new HashMap<>();

    @BeforeEach
    void open() throws Exception {
        bench = new ChannelBench("pim", Clock.systemUTC());
        house = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        house.createContext("/", exchange -> {
            String[] answer = answers.getOrDefault(exchange.getRequestURI().toString(), "404 ")
                    .split(" ", 3);
            byte[] body = (answer.length > 2 ? answer[2] : "").getBytes(StandardCharsets.UTF_8);
            if (answer[1].startsWith("<")) {
                exchange.getResponseHeaders().set("Link", answer[1] + "; rel=\"next\"");
            }
            exchange.sendResponseHeaders(Integer.parseInt(answer[0]), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        house.start();
    }

    @AfterEach
    void close() {
        house.stop(0);
        bench.close();
    }

    @Test
    void catalogueInPages_isReadFromAnyOfThemOn() {
        bench.platform()
                .seed(IntStream.range(0, 60)
                        .mapToObj(at -> ChannelBench.product("MANY-" + at, "Many " + at, 100, 1))
                        .toList());
        List<String> cursors = new ArrayList<>();
        bench.channel().catalogueRead(bench.connection()).read(null, (page, next) -> cursors.add(String.valueOf(next)));
        assertThat(cursors).hasSize(2).last().isEqualTo("null");

        List<Sku> rest = new ArrayList<>();
        bench.channel()
                .catalogueRead(bench.connection())
                .read(cursors.getFirst(), (page, next) -> page.forEach(each -> rest.add(each.sku())));

        assertThat(rest).hasSize(13).contains(new Sku("MANY-59")).doesNotContain(new Sku("CAP-BLUE"));
    }

    @Test
    void catalogueAsCsv_isReadByTheSameMap() {
        Connection csv = with("catalogueUrl", address("catalogueUrl") + ".csv");
        List<Listing> listings = new ArrayList<>();

        bench.channel().catalogueRead(csv).readAll(listings::add);

        assertThat(listings).extracting(Listing::sku).contains(new Sku("MUG-01"));
        assertThat(listings.getFirst().price()).isEqualTo(Money.of("19.90", "EUR"));
        assertThat(listings.getFirst().onHand()).isEqualTo(10);
        assertThat(bench.channel().check(csv).detail()).startsWith("3 products");
    }

    @Test
    void changes_areAskedForByParameter_orByTheTimeOfTheWholeFile() throws Exception {
        Connection csv = bench.connection(
                changed(Map.of("catalogueUrl", address("catalogueUrl") + ".csv", "sinceParameter", "")));
        for (Connection asked : List.of(bench.connection(), csv)) {
            List<Listing> first = new ArrayList<>();
            Instant next = bench.channel().catalogueChanges(asked).readSince(Instant.EPOCH, first::add);
            List<Listing> later = new ArrayList<>();
            bench.channel().catalogueChanges(asked).readSince(Instant.now().plusSeconds(5), later::add);

            assertThat(first).hasSize(3);
            assertThat(later).isEmpty();
            assertThat(next).isBetween(Instant.now().minusSeconds(20), Instant.now());
        }
    }

    @Test
    void fieldsOfAnotherName_areMappedByTheBrandsOwnMap() {
        answers.put("/articles", "200 - {\"data\":[{\"no\":7,\"label\":\"Mug\",\"gross\":12.50,\"free\":3}]}");
        BrandMaps own = (brand, name) -> name.name().equals("listing")
                ? Optional.of(new MapText(MapText.Origin.BRAND, "1", """
                        {"sku": "ART-" + .no, "title": .label, "externalId": string(.no), "onHand": .free,
                         "price": {"amount": string(.gross), "currency": "EUR"}}"""))
                : Optional.empty();
        Channel channel = new PimProvider()
                .create(new ChannelKit(new ChannelHttp(100), new Mappings(null, own), Clock.systemUTC()));
        List<Listing> listings = new ArrayList<>();

        channel.catalogueRead(house("/articles", Map.of("itemsAt", "/data"))).readAll(listings::add);

        assertThat(listings)
                .containsExactly(new Listing(new Sku("ART-7"), "Mug", Money.of("12.50", "EUR"), null, "7", null, 3));
    }

    @Test
    void productThatDoesNotFit_hidesNoOther_andCheckTellsTheFieldWhenNoneFits() {
        String good = "{\"sku\":\"A\",\"title\":\"Mug\",\"price\":\"1.00\",\"currency\":\"EUR\",\"onHand\":1}";
        answers.put("/some", "200 - [" + good.replace("EUR", "XQX") + "," + good + "]");
        answers.put("/none", "200 - [" + good.replace("EUR", "XQX") + "]");
        List<Listing> listings = new ArrayList<>();

        bench.channel().catalogueRead(house("/some", Map.of())).readAll(listings::add);

        assertThat(listings).hasSize(1);
        assertThat(bench.channel().check(house("/none", Map.of())).detail())
                .isEqualTo("listing.price.currency: \"XQX\" (expected: an ISO 4217 code)");
    }

    @Test
    void nextPage_isFollowedByItsLink_butTheKeyGoesToNoOtherOrigin() {
        String item = "[{\"sku\":\"A\",\"title\":\"Mug\",\"price\":\"1.00\",\"currency\":\"EUR\",\"onHand\":1}]";
        answers.put("/p1", "200 </p2> " + item);
        answers.put("/p2", "200 - " + item);
        answers.put("/far", "200 <http://elsewhere.example/p2> " + item);
        answers.put("/ring", "200 </ring> " + item);
        List<Listing> listings = new ArrayList<>();

        bench.channel().catalogueRead(house("/p1", Map.of())).readAll(listings::add);

        assertThat(listings).hasSize(2);
        assertThatThrownBy(() ->
                        bench.channel().catalogueRead(house("/far", Map.of())).readAll(each -> {}))
                .hasMessage("catalogue: next page at http://elsewhere.example, another origin");
        assertThatThrownBy(() ->
                        bench.channel().catalogueRead(house("/ring", Map.of())).readAll(each -> {}))
                .hasMessageContaining("names itself");
    }

    @Test
    void answersThatAreNoList_areRefusedInWords_andTellNoKey() {
        answers.put("/object", "200 - {\"items\":{}}");
        answers.put("/html", "200 - <html>");
        answers.put("/echo", "422 - bad key pim_sandbox_key");

        assertThat(refusal("/object", Map.of("itemsAt", "/items")))
                .hasMessage("catalogue: no list at itemsAt \"/items\"");
        assertThat(refusal("/html", Map.of())).hasMessage("catalogue: answer is not JSON");
        assertThat(refusal("/object", Map.of("itemsAt", "items")))
                .hasMessageStartingWith("itemsAt: items (expected: a JSON");
        assertThat(refusal("/echo", Map.of())).hasMessage("catalogue: 422, bad key …");
        assertThat(refusal("/gone", Map.of()).fault()).isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void orderWhoseAnswerIsLost_isOneOrder_evenWhereTheKeyMeansNothing() {
        Listing tee = bench.listings().get(new Sku("TEE-RED-M"));
        OrderPush port = bench.channel().orderPush(bench.connection());
        OrderPush.Request order = new OrderPush.Request(
                "weir-1",
                List.of(new OrderPush.Line(new OrderLine(tee.sku(), 2, tee.price(), List.of()), tee)),
                tee.price().times(2),
                "ada@example.com",
                Map.of("name", "Ada"),
                Map.of("show", "friday"),
                null);
        bench.server().loseAnswer(Pattern.compile("/pim/orders$", Pattern.MULTILINE));

        String id = push(port, order);

        assertThat(push(port, order)).isEqualTo(id);
        assertThat(bench.platform().orders())
                .singleElement()
                .asString()
                .contains("\"key\":\"weir-1\"", "\"amount\":\"39.80\"", "\"show\":\"friday\"");
    }

    @Test
    void levelThatTheSystemRefuses_isThatSkusOutcomeAlone() {
        Map<Sku, Listing> listings = bench.listings();
        Listing mug = listings.get(new Sku("MUG-01"));
        Listing odd = new Listing(new Sku("A/B?c"), "Odd", mug.price(), null, "1", null, null);

        List<StockWrite.Outcome> outcomes = bench.channel()
                .stockWrite(bench.connection())
                .write(List.of(
                        new StockWrite.Target(new StockLevel(odd.sku(), 1, 1), odd),
                        new StockWrite.Target(new StockLevel(mug.sku(), 4, 1), mug)));

        assertThat(outcomes.getFirst().refusal()).isNotNull();
        assertThat(outcomes.getLast().refusal()).isNull();
        assertThat(bench.platform().stock()).containsEntry(mug.sku(), 4);
    }

    private static String push(OrderPush port, OrderPush.Request order) {
        try {
            return port.push(order);
        } catch (ChannelException e) {
            assertThat(e.fault()).isIn(Fault.OUTCOME_UNKNOWN, Fault.TRANSIENT);
            return port.push(order);
        }
    }

    private ChannelException refusal(String path, Map<String, String> more) {
        return catchThrowableOfType(
                ChannelException.class,
                () -> bench.channel().catalogueRead(house(path, more)).readAll(each -> {}));
    }

    private Connection house(String path, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "catalogueUrl", "http://localhost:" + house.getAddress().getPort() + path,
                "stockUrl", "http://localhost:" + house.getAddress().getPort() + "/stock",
                "ordersUrl", "http://localhost:" + house.getAddress().getPort() + "/orders",
                "authValue", "pim_sandbox_key"));
        settings.putAll(more);
        return bench.connection(settings);
    }

    private String address(String setting) {
        return bench.connection().setting(setting);
    }

    private Connection with(String name, String value) {
        return bench.connection(changed(Map.of(name, value)));
    }

    private Map<String, String> changed(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.putAll(more);
        return settings;
    }
}
