package dev.weir.live.internal;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.live.CommentSales;
import dev.weir.live.RunSheet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Rules in PostgreSQL, read anew for each comment: a producer's change counts from the next one on. */
public final class JdbcCommentSales implements CommentSales {
    private static final Pattern KEYWORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_-]{0,29}");
    private static final Duration STILL_PINNED = Duration.ofSeconds(60);

    /** Platforms date comments in whole seconds. */
    private static final Duration ROUNDED = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ShowStore shows;
    private final SheetStore sheet;
    private final PinStore pins;
    private final Clock clock;

    /** Wired by {@link dev.weir.live.LiveModule}. */
    public JdbcCommentSales(JdbcClient jdbc, TransactionTemplate transaction, ShowStore shows, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.shows = shows;
        this.sheet = new SheetStore(jdbc);
        this.pins = new PinStore(jdbc);
        this.clock = clock;
    }

    @Override
    public Rules rules(UUID showId) {
        return jdbc.sql("select scope, most_units from comment_sale where show_id = :show")
                .param("show", showId)
                .query((row, n) ->
                        new Rules(Scope.valueOf(row.getString("scope")), row.getInt("most_units"), keywords(showId)))
                .optional()
                .orElse(Rules.OFF);
    }

    @Override
    public void setRules(UUID showId, Rules rules) {
        transaction.executeWithoutResult(status -> {
            shows.lock(showId);
            Map<Sku, String> words = checked(showId, rules.keywords());
            jdbc.sql("""
                            insert into comment_sale (show_id, scope, most_units) values (:show, :scope, :most)
                            on conflict (show_id) do update set scope = :scope, most_units = :most""")
                    .param("show", showId)
                    .param("scope", rules.scope().name())
                    .param("most", rules.mostUnits())
                    .update();
            jdbc.sql("delete from comment_keyword where show_id = :show")
                    .param("show", showId)
                    .update();
            words.forEach((sku, word) -> jdbc.sql(
                            "insert into comment_keyword (show_id, sku, keyword) values (:show, :sku, :word)")
                    .param("show", showId)
                    .param("sku", sku.value())
                    .param("word", word)
                    .update());
        });
    }

    @Override
    public Optional<Ask> ask(UUID showId, String text, Instant at) {
        Rules rules = rules(showId);
        if (rules.scope() == Scope.OFF) {
            return Optional.empty();
        }
        List<RunSheet.Item> items = sheet.items(showId, Sql.now(clock));
        Set<Sku> pinned = pins.between(showId, at.minus(STILL_PINNED), at.plus(ROUNDED));
        Map<String, Sku> codes = new HashMap<>();
        for (RunSheet.Item item : items) {
            if (rules.scope() == Scope.SHEET || pinned.contains(item.sku())) {
                codes.put(CommentWords.code(item.sku().value()), item.sku());
                String word = rules.keywords().get(item.sku());
                if (word != null) {
                    codes.put(word, item.sku());
                }
            }
        }
        return CommentWords.read(text, codes)
                .map(found -> new Ask(
                        found.sku(),
                        title(items, found.sku()),
                        found.quantity(),
                        rules.mostUnits(),
                        price(items, found.sku()),
                        pins.at(showId, at).map(RunSheet.Pin::sku).orElse(null)));
    }

    private Map<Sku, String> keywords(UUID showId) {
        Map<Sku, String> words = new HashMap<>();
        jdbc.sql("select sku, keyword from comment_keyword where show_id = :show")
                .param("show", showId)
                .query((RowCallbackHandler) row -> words.put(new Sku(row.getString("sku")), row.getString("keyword")));
        return words;
    }

    private Map<Sku, String> checked(UUID showId, Map<Sku, String> keywords) {
        Map<String, Sku> codes = new HashMap<>();
        sheet.items(showId, Sql.now(clock))
                .forEach(item -> codes.put(CommentWords.code(item.sku().value()), item.sku()));
        Set<Sku> onSheet = new HashSet<>(codes.values());
        Map<Sku, String> words = new HashMap<>();
        keywords.forEach((sku, text) -> {
            String word = CommentWords.code(text.strip());
            if (!onSheet.contains(sku)) {
                throw new IllegalArgumentException(
                        "sku: " + sku + " (expected: one on the run sheet of show " + showId + ")");
            }
            if (!KEYWORD.matcher(word).matches()) {
                throw new IllegalArgumentException(
                        "keyword: " + text + " (expected: 1..30 letters, digits, - or _) for sku " + sku);
            }
            @Nullable Sku other = codes.put(word, sku);
            if (other != null && !other.equals(sku)) {
                throw new IllegalArgumentException(
                        "keyword: " + word + " (expected: one that does not mean " + other + ") for sku " + sku);
            }
            words.put(sku, word);
        });
        return words;
    }

    private static Money price(List<RunSheet.Item> items, Sku sku) {
        return item(items, sku).price();
    }

    private static String title(List<RunSheet.Item> items, Sku sku) {
        return item(items, sku).title();
    }

    private static RunSheet.Item item(List<RunSheet.Item> items, Sku sku) {
        return items.stream().filter(item -> item.sku().equals(sku)).findFirst().orElseThrow();
    }
}
