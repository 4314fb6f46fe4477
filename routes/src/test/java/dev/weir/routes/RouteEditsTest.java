package dev.weir.routes;

import static dev.weir.routes.RoutesBench.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.StockLevel;
import dev.weir.orders.OrderView;
import dev.weir.routes.RouteEdits.Standing;
import dev.weir.routes.RouteEdits.Version;
import dev.weir.routes.WebhookLog.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How routes are changed while messages go through them. */
class RouteEditsTest {
    private static final String PUSH = "order-push";
    /** Between two orders and deliveries, so that the end of the load is reached soon. */
    private static final long PAUSE_NANOS = Duration.ofMillis(30).toNanos();

    private static final Duration LONG = Duration.ofSeconds(60);

    private final RoutesBench bench = new RoutesBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void editsUnderLoad_loseNothing_doubleNothing_andBadOnesChangeNothing() throws Exception {
        RouteEditStory.Outcome outcome = RouteEditStory.run(30, 1, Duration.ofMillis(30));
        assertThat(outcome.valid()).isEqualTo(12);
        assertThat(outcome.invalid() + outcome.removed() + outcome.twice()).isEqualTo(18);
        assertThat(outcome.changedByBad()).isEmpty();
        assertThat(outcome.sent()).isPositive();
        assertThat(outcome.effects()).isEqualTo(outcome.sent());
        assertThat(outcome.doubled()).isZero();
        assertThat(outcome.rollbackNanos()).hasSize(2);
        // A version that stops hands the message in its hands on: seen twice, done once.
        assertThat(outcome.seenAgain()).isBetween(0L, 3L * outcome.swapNanos().length);
    }

    @Test
    void editsOnOneHub_underLoad_reachTheOther() throws Exception {
        RouteEditStory.Outcome outcome = RouteEditStory.run(15, 2, Duration.ofMillis(50));
        assertThat(outcome.changedByBad()).isEmpty();
        assertThat(outcome.effects()).isEqualTo(outcome.sent());
        assertThat(outcome.doubled()).isZero();
        assertThat(outcome.everywhereNanos()).hasSize(1);
    }

    private List<Version> propose(RouteEdits edits, String yaml) {
        return edits.propose(bench.brand, "ops", yaml, null);
    }

    private static String with(String yaml, String setting, int value) {
        return RouteEditStory.with(yaml, setting, value);
    }

    @Test
    void versionThatLosesMoneyOrSku_isBlocked_andNothingChanges() {
        FakeShop shop = bench.shop("shop", Capability.ORDER_WEBHOOK);
        RoutesModule module = bench.start();
        UUID id = bench.deliver(module, shop, "d1", "order 7").id();
        await().untilAsserted(() -> assertThat(bench.entry(module, id).state()).isEqualTo(State.PROCESSED));
        RouteEdits edits = module.routeEdits();
        String yaml = edits.find("webhook-intake").yaml();
        String step = "        - bean:\n            ref: inboxSteps\n            method: take\n";
        String filtered = yaml.replace(
                step,
                "        - filter:\n            simple: \"${body} contains 'nobody says that'\"\n            steps:\n"
                        + step.indent(6));

        Version version = propose(edits, filtered).getFirst();
        assertThat(version.verdict().messages()).isEqualTo(1);
        assertThat(version.verdict().blocks())
                .anyMatch(why -> why.contains("lines[0].sku is lost (was: TEE)"))
                .anyMatch(why -> why.contains("lines[0].unitPrice is lost"));
        assertThat(version.diff()).contains("+         - filter:");
        assertThatThrownBy(() -> edits.apply("ops", "webhook-intake", version.version()))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("blocks");

        String renamed =
                yaml.replace(step, "        - setHeader:\n            name: seen\n            constant: yes\n" + step);
        RouteEdits.Rehearsal harmless = edits.rehearse(bench.brand, renamed, 10).getFirst();
        assertThat(harmless.verdict().blocks()).isEmpty();
        assertThat(harmless.verdict().differences())
                .extracting(RouteEdits.Difference::field)
                .contains("inboxSteps.take/header.seen");
        assertThat(edits.find("webhook-intake").standing().running()).isZero();
        assertThat(edits.find("webhook-intake").versions()).hasSize(1);
    }

    @Test
    void stepThatIsGone_isBlocked() {
        RouteEdits edits = bench.create().routeEdits();
        String yaml = edits.find(PUSH).yaml();
        String without = yaml.substring(0, yaml.indexOf("        - bean:\n            ref: cancelSteps"));
        assertThat(edits.rehearse(bench.brand, without, 1).getFirst().verdict().blocks())
                .contains("cancelSteps.note is no longer called");
    }

    @Test
    void routeOfOrders_needsASecondPerson() {
        bench.twoPersons = true;
        RouteEdits edits = bench.start().routeEdits();
        Version version = propose(edits, with(edits.find(PUSH).yaml(), "maxPollRecords", 7))
                .getFirst();
        assertThat(version.needsApproval()).isTrue();
        assertThatThrownBy(() -> edits.apply("ops", PUSH, version.version()))
                .hasMessageContaining("waits for approval");
        assertThatThrownBy(() -> edits.approve("ops", PUSH, version.version())).hasMessageContaining("its author");
        assertThat(edits.approve("operator", PUSH, version.version()).approver())
                .isEqualTo("operator");
        assertThat(edits.apply("ops", PUSH, version.version()).running()).isEqualTo(version.version());
        assertThat(edits.find(PUSH).decisions())
                .extracting(RouteEdits.Decision::kind)
                .containsExactly("APPLIED", "APPROVED");

        assertThat(edits.rollback("ops", PUSH).running()).isZero();
        assertThatThrownBy(() -> edits.rollback("ops", PUSH)).hasMessageContaining("the one that ships");
        Version timer = propose(edits, with(edits.find("errands").yaml(), "period", 2_000))
                .getFirst();
        assertThat(edits.apply("ops", "errands", timer.version()).running()).isEqualTo(timer.version());
    }

    @Test
    void versionWrittenAgainstAnOlderOne_isNotApplied() {
        RouteEdits edits = bench.start().routeEdits();
        String yaml = edits.find("chores").yaml();
        int first = propose(edits, with(yaml, "period", 1_500)).getFirst().version();
        int second = propose(edits, with(yaml, "period", 2_500)).getFirst().version();
        edits.apply("ops", "chores", second);
        assertThatThrownBy(() -> edits.apply("ops", "chores", first)).hasMessageContaining("written against version 0");
    }

    @Test
    void hubsComeToTheSameVersion_andKeepItOverARestart() {
        RoutesModule one = bench.start();
        RoutesModule other = bench.start();
        RouteEdits edits = one.routeEdits();
        int version = propose(edits, with(edits.find(PUSH).yaml(), "maxPollRecords", 9))
                .getFirst()
                .version();
        edits.apply("ops", PUSH, version);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(running(other, PUSH)).isEqualTo(version));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(edits.find(PUSH).hubs())
                        .hasSize(2)
                        .allMatch(hub -> hub.version() == version && hub.refusal() == null));
        other.close();

        RoutesModule again = bench.start();
        assertThat(running(again, PUSH)).isEqualTo(version);
        edits.rollback("ops", PUSH);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(running(again, PUSH)).isZero());
    }

    @Test
    void rowThatIsBrokenOrGone_takesNoRouteAway() {
        FakeShop shop = bench.shop("shop", Capability.ORDER_PUSH);
        bench.list(shop, TEE);
        RoutesModule module = bench.start();
        RouteEdits edits = module.routeEdits();
        int good = propose(edits, with(edits.find(PUSH).yaml(), "maxPollRecords", 9))
                .getFirst()
                .version();
        edits.apply("ops", PUSH, good);
        bench.jdbc.sql("""
                        insert into route_version (route, version, based_on, yaml, author, diff, verdict, at)
                        values ('order-push', 77, 1, '- route: {id: order-push, from: {uri: "exec:rm"}}', 'x', '',
                                '{"messages":0,"differences":[],"blocks":[]}', now())""").update();
        bench.jdbc
                .sql("insert into route_decision (route, version, kind, by, at)"
                        + " values ('order-push', 77, 'APPLIED', 'x', now())")
                .update();
        await().untilAsserted(() -> assertThat(edits.find(PUSH).standing().refusal())
                .contains("version 77")
                .contains("exec:rm"));
        assertThat(running(module, PUSH)).isEqualTo(good);

        RoutesModule fresh = bench.start();
        assertThat(running(fresh, PUSH)).isEqualTo(good);
        assertThat(fresh.routeEdits().find(PUSH).standing().refusal()).contains("version 77");

        bench.jdbc.sql("truncate route_version, route_decision").update();
        OrderView order = bench.books.paid(bench.brand, TEE);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(bench.books.handedOver).containsKey(order.id()));
        assertThat(running(module, PUSH)).isEqualTo(good);
    }

    @Test
    void history_isOnlyAddedTo() {
        RouteEdits edits = bench.create().routeEdits();
        propose(edits, with(edits.find("chores").yaml(), "period", 1_500));
        assertThatThrownBy(() ->
                        bench.jdbc.sql("update route_version set author = 'x'").update())
                .hasMessageContaining("only added to");
    }

    @Test
    void templateOfConnections_isSwappedForEachOfThem() {
        FakeShop shop = bench.shop("shop", Capability.STOCK_WRITE);
        FakeShop other = bench.shop("other", Capability.STOCK_WRITE);
        bench.list(shop, TEE);
        bench.list(other, TEE);
        RoutesModule module = bench.start();
        RouteEdits edits = module.routeEdits();
        String yaml = edits.find("stock-fanout").yaml().replace("defaultValue: \"500\"", "defaultValue: \"50\"");
        int version = propose(edits, yaml).getFirst().version();
        assertThat(edits.apply("ops", "stock-fanout", version).refusal()).isNull();
        bench.shelves.tell(bench.brand, TEE, 8, 1);
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(shop.levels).containsEntry(TEE, 8);
            assertThat(other.levels).containsEntry(TEE, 8);
        });
        assertThat(module.routeCatalog().list().stream()
                        .filter(entry -> entry.id().startsWith("stock-fanout")))
                .hasSize(2)
                .allMatch(entry -> entry.version() == version && entry.state().equals("Started"));
        assertThat(edits.apply("ops", "stock-fanout", version).running()).isEqualTo(version);
        bench.shelves.tell(bench.brand, TEE, 9, 2);
        await().atMost(LONG).untilAsserted(() -> assertThat(shop.levels).containsEntry(TEE, 9));
        edits.rollback("ops", "stock-fanout");
        bench.shelves.tell(bench.brand, TEE, 7, 3);
        await().atMost(LONG).untilAsserted(() -> assertThat(shop.levels).containsEntry(TEE, 7));
    }

    @Test
    void whatARouteMayNotBe_isNamedWithItsPlace() {
        RouteEdits edits = bench.create().routeEdits();
        String push = edits.find(PUSH).yaml();
        String chores = edits.find("chores").yaml();
        String step = "        - bean:\n            ref: choreSteps\n            method: look\n";
        List<String[]> cases = new ArrayList<>();
        cases.add(new String[] {"a: [", "file: "});
        cases.add(new String[] {"- rest: {}", "one of route and routeTemplate"});
        cases.add(new String[] {push.replace("id: order-push", "id: own"), "route.id: own (expected: one of [catalogue-"
        });
        cases.add(new String[] {
            push.replace("kafka:weir.internal.orders.v1", "file:/etc"),
            "route.from.uri: file:/etc (expected: kafka:weir.internal.orders.v1)"
        });
        cases.add(new String[] {
            push.replace("groupId: weir-order-push", "groupId: mine"), "groupId: mine (expected: weir-order-push)"
        });
        cases.add(new String[] {push.replace("        groupId: weir-order-push\n", ""), "groupId: missing"});
        cases.add(new String[] {
            chores.replace("period: 1000", "period: 5"), "period: 5 (expected: 100..3600000 milliseconds"
        });
        cases.add(new String[] {
            chores.replace("period: 1000", "period: 1000\n        sychronous: true"), "sychronous (expected: one of"
        });
        cases.add(new String[] {
            chores.replace("ref: choreSteps", "ref: camelContext"), "camelContext.look (expected: one of"
        });
        cases.add(new String[] {
            chores.replace("ref: choreSteps", "beanType: java.lang.Runtime"), "beanType (expected: one of"
        });
        cases.add(
                new String[] {chores.replace(step, "        - to: exec:rm\n"), "to (expected: one of bean, setHeader"});
        for (String bad : List.of(
                "${exec}",
                "${bean:x?method=y}",
                "${env.PATH}",
                "${body.class}",
                "$simple{body}",
                "{{env:PATH}}",
                "resource:file:/etc/passwd")) {
            cases.add(new String[] {
                chores.replace(step, "        - setBody:\n            simple: \"" + bad + "\"\n" + step),
                "of functions only ${body}"
            });
        }
        for (String bad :
                List.of("to", "toD", "script", "process", "pollEnrich", "loop", "marshal", "doTry", "dynamicRouter")) {
            cases.add(new String[] {
                chores.replace(step, "        - " + bad + ": http://10.0.0.1\n"), bad + " (expected: one of bean"
            });
        }
        for (String bad : List.of(
                "${body} is 'java.io.File'",
                "${body} regex '(a+)+'",
                "${exec} == 1",
                "${body} ~> ${bean:x}",
                "'a' == ${header.x.class}")) {
            cases.add(new String[] {
                chores.replace(
                        step,
                        "        - filter:\n            simple: \"" + bad + "\"\n            steps:\n"
                                + step.indent(6)),
                "compared by =="
            });
        }
        for (String bad :
                List.of("${header[x.class]}", "${header.x.class.name}", "{{connectionName}}", "{{weir.kafka}}")) {
            cases.add(new String[] {
                chores.replace(
                        step,
                        "        - setHeader:\n            name: x\n            simple: \"" + bad + "\"\n" + step),
                "of functions only ${body}"
            });
        }
        cases.add(
                new String[] {chores.replaceAll("description: .*", "description: \"{{env:PATH}}\""), "without $ and {{"
                });
        cases.add(new String[] {
            chores.replace(
                    step,
                    "        - log:\n            message: hm\n            loggingLevel: \"{{env:PATH}}\"\n" + step),
            "loggingLevel: {{env:PATH}} (expected: one of [TRACE"
        });
        cases.add(new String[] {
            chores.replace(step, "        - log: \"${header.mail}\"\n" + step), "a message without ${body}"
        });
        cases.add(new String[] {
            chores.replace("choreSteps", "inboxSteps").replace("look", "take"), "inboxSteps.take (expected: one of"
        });
        cases.add(new String[] {push.replace("ref: cancelSteps", "ref: stockSteps"), "stockSteps.note (expected: one of"
        });
        cases.add(new String[] {"[".repeat(60_000), "lists and maps within each other"});
        cases.add(new String[] {"- ".repeat(30_000), "lists and maps within each other"});
        cases.add(new String[] {chores.replace("period: 1000", "period: 1000\n        period: 2000"), "file: "});
        cases.add(new String[] {"- route: {id: chores}\n---\n- route: {id: chores}", "file: "});
        cases.add(new String[] {
            chores.replace(step, "        - setBody:\n            groovy: \"1\"\n" + step), "groovy (expected: one of"
        });
        cases.add(new String[] {chores.replace(step, "        - log: \"${body}\"\n" + step), "a message without ${body}"
        });
        cases.add(new String[] {
            chores.replace(
                    step, "        - setHeader:\n            name: CamelFileName\n            constant: x\n" + step),
            "CamelFileName (expected: a name"
        });
        cases.add(new String[] {
            edits.find("stock-fanout").yaml().replace("constant: \"{{connectionId}}\"", "constant: other"),
            "works for its own connection"
        });
        cases.add(new String[] {"- &a\n  route: {id: chores}\n- *a", "no anchors"});
        for (String[] one : cases) {
            assertThat(edits.validate(one[0]))
                    .as(one[0])
                    .isNotEmpty()
                    .anySatisfy(wrong -> assertThat(wrong.toString()).contains(one[1]));
            assertThatThrownBy(() -> propose(edits, one[0])).isInstanceOf(RouteEdits.Refused.class);
        }
        assertThat(edits.validate(push)).isEmpty();
        assertThat(edits.find(PUSH).versions()).isEmpty();
    }

    @Test
    void messageThatDoesNotEnd_holdsNoChangeUp_andIsNotLost() {
        FakeShop shop = bench.shop("shop", Capability.ORDER_PUSH);
        bench.list(shop, TEE);
        RoutesModule module = bench.start();
        RouteEdits edits = module.routeEdits();
        int version = propose(edits, with(edits.find(PUSH).yaml(), "maxPollRecords", 9))
                .getFirst()
                .version();
        OrderView stuck = bench.transaction.execute(status -> {
            bench.jdbc.sql("lock table order_push in access exclusive mode").update();
            OrderView order = CompletableFuture.supplyAsync(() -> bench.books.paid(bench.brand, TEE))
                    .join();
            await().atMost(LONG)
                    .until(() -> CompletableFuture.supplyAsync(this::waitsForTheTable)
                            .join());
            Standing standing = CompletableFuture.supplyAsync(() -> edits.apply("ops", PUSH, version))
                    .join();
            assertThat(standing.running()).isEqualTo(version);
            assertThat(standing.refusal()).isNull();
            return order;
        });
        OrderView after = bench.books.paid(bench.brand, TEE);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(bench.books.handedOver).containsOnlyKeys(stuck.id(), after.id()));
        assertThat(edits.rollback("ops", PUSH).running()).isZero();
        OrderView then = bench.books.paid(bench.brand, TEE);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(bench.books.handedOver).containsKey(then.id()));
        assertThat(shop.pushCalls.values()).containsOnly(1);
    }

    private boolean waitsForTheTable() {
        return bench.jdbc
                        .sql("select count(*) from pg_locks where not granted"
                                + " and mode = 'RowExclusiveLock' and relation = 'order_push'::regclass")
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Test
    void viewersMissNoChange_whileTheirRouteIsSwapped() {
        RouteEdits edits = bench.start().routeEdits();
        AtomicInteger told = new AtomicInteger();
        await().atMost(LONG).until(() -> {
            tell(told);
            return !bench.shown.isEmpty();
        });
        for (int i = 0; i < 6; i++) {
            String yaml = with(edits.find("stock-to-shows").yaml(), "maxPollRecords", 1 + i);
            int version = propose(edits, yaml).getFirst().version();
            CompletableFuture<Standing> swap =
                    CompletableFuture.supplyAsync(() -> edits.apply("ops", "stock-to-shows", version));
            while (!swap.isDone()) {
                tell(told);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            assertThat(swap.join().refusal()).isNull();
        }
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(bench.shown).extracting(StockLevel::version).contains(told.longValue()));
        long first = bench.shown.getFirst().version();
        assertThat(bench.shown.stream().map(StockLevel::version).distinct()).hasSize((int) (told.get() - first + 1));
    }

    private void tell(AtomicInteger told) {
        int version = told.incrementAndGet();
        bench.shelves.tell(bench.brand, TEE, version, version);
    }

    private static int running(RoutesModule module, String route) {
        return module.routeEdits().find(route).standing().running();
    }
}
