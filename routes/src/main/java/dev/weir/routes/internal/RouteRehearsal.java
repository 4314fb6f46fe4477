package dev.weir.routes.internal;

import dev.weir.routes.RouteEdits.Difference;
import dev.weir.routes.RouteEdits.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * What would another version do with the newest real messages? Both run in a Camel context of their own in which every step only notes
 * what it is handed; nothing is told, written or committed. A money, SKU or tax field that a step was handed and is no longer blocks the
 * version, as does a step that is gone, or a message that fails.
 */
final class RouteRehearsal {
    private static final int MOST_DIFFERENCES = 200;
    private static final int MOST_BLOCKS = 20;
    private static final int MOST_SHOWN = 200;
    private static final Pattern COSTLY = Pattern.compile(
            "(amount|currency|price|total|tax|vat|duty|sku|discount|refund)[^/]*$", Pattern.CASE_INSENSITIVE);

    private final RouteMessages messages;
    private final RouteMeaning meaning;

    RouteRehearsal(RouteMessages messages, RouteMeaning meaning) {
        this.messages = messages;
        this.meaning = meaning;
    }

    /** @param most messages, 1..100 */
    Verdict run(RouteText before, RouteText after, String brand, int most) {
        List<RouteMessages.Sample> samples = messages.newest(before, brand, most);
        Tally tally = new Tally();
        Set<String> gone = new TreeSet<>(before.steps());
        after.steps().forEach(gone::remove);
        gone.forEach(step -> tally.block(step + " is no longer called"));
        try (Stage stage = new Stage(before, after, messages.values(brand))) {
            for (RouteMessages.Sample sample : samples) {
                compare(sample, stage.play(BEFORE, sample), stage.play(AFTER, sample), tally);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("route " + after.id() + " cannot be rehearsed: " + e, e);
        }
        return new Verdict(samples.size(), List.copyOf(tally.differences), List.copyOf(tally.blocks));
    }

    private static void compare(
            RouteMessages.Sample sample, Map<String, String> old, Map<String, String> now, Tally tally) {
        Set<String> fields = new TreeSet<>(old.keySet());
        fields.addAll(now.keySet());
        for (String field : fields) {
            String was = old.get(field);
            String is = now.get(field);
            if (!Objects.equals(was, is)) {
                tally.differ(new Difference(sample.name(), field, cut(was), cut(is)));
                if (field.equals(FAILURE) && is != null && was == null) {
                    tally.block(sample.name() + ": fails: " + cut(is));
                } else if (COSTLY.matcher(field).find() && isThere(was) && !isThere(is)) {
                    tally.block(sample.name() + ": " + field + " is lost (was: " + cut(was) + ")");
                }
            }
        }
    }

    private static boolean isThere(@org.jspecify.annotations.Nullable String value) {
        return value != null && !value.isBlank() && !value.equals("null");
    }

    private static @org.jspecify.annotations.Nullable String cut(@org.jspecify.annotations.Nullable String value) {
        return value == null ? null : Sql.cut(value, MOST_SHOWN);
    }

    private static final class Tally {
        private final List<Difference> differences = new ArrayList<>();
        private final List<String> blocks = new ArrayList<>();

        void differ(Difference difference) {
            if (differences.size() < MOST_DIFFERENCES) {
                differences.add(difference);
            }
        }

        void block(String why) {
            if (blocks.size() < MOST_BLOCKS) {
                blocks.add(why);
            }
        }
    }

    private static final String BEFORE = "direct:before";
    private static final String AFTER = "direct:after";
    private static final String FAILURE = "failure";

    private final class Stage implements AutoCloseable {
        private final DefaultCamelContext context = new DefaultCamelContext();
        private final ProducerTemplate producer;
        private final Map<String, String> noted = new TreeMap<>();
        private final Set<String> called = new HashSet<>();

        Stage(RouteText before, RouteText after, Map<String, String> values) throws Exception {
            context.disableJMX();
            Set<String> steps = new TreeSet<>(before.steps());
            steps.addAll(after.steps());
            steps.forEach(step -> context.getRegistry().bind(step, (Processor) exchange -> note(step, exchange)));
            load(before, BEFORE, values);
            load(after, AFTER, values);
            context.start();
            producer = context.createProducerTemplate();
        }

        private void load(RouteText text, String uri, Map<String, String> values) throws Exception {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString(
                            uri.substring(uri.indexOf(':') + 1) + ".camel.yaml", text.toRehearse(uri, values)));
        }

        Map<String, String> play(String uri, RouteMessages.Sample sample) {
            noted.clear();
            called.clear();
            Exchange ended = producer.send(uri, exchange -> {
                exchange.getMessage().setBody(sample.body());
                exchange.getMessage().setHeaders(new TreeMap<>(sample.headers()));
            });
            if (ended.getException() != null) {
                noted.put(FAILURE, String.valueOf(ended.getException()));
            }
            return new TreeMap<>(noted);
        }

        private void note(String step, Exchange exchange) {
            String name = step;
            for (int again = 2; !called.add(name); again++) {
                name = step + "#" + again;
            }
            String prefix = name + "/";
            noted.put(prefix + "called", "yes");
            exchange.getMessage().getHeaders().forEach((header, value) -> {
                if (!header.startsWith("Camel")) {
                    noted.put(prefix + "header." + header, String.valueOf(value));
                }
            });
            meaning.of(step, exchange.getMessage().getBody())
                    .forEach((field, value) -> noted.put(prefix + field, value));
        }

        @Override
        public void close() {
            context.stop();
        }
    }
}
