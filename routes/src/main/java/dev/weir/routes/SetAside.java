package dev.weir.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.mapping.Difference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries have no effect yet, and how is one repaired? Those that are {@link WebhookLog.State#PARKED} wait for something and go
 * on by themselves; those that are {@link WebhookLog.State#DEAD} wait for a person. Thread-safe.
 */
public interface SetAside {
    /** What is parked for longer is likely to wait for what never comes: the alert {@code WeirInboxParked} has the same bound. */
    Duration ALARM = Duration.ofDays(1);

    /** Most bytes of a copy: no more of a body is shown. */
    int MOST_COPY = WebhookLog.SHOWN;

    /** Most copies of one delivery. */
    int MOST_REPAIRS = 20;

    /** How many there are of the brand. */
    Counts counts(String brand);

    /** Oldest first; {@code state} is PARKED or DEAD, {@code cursor} is {@link Board#next} of the page before, limit 1..200. */
    Board board(String brand, WebhookLog.State state, @Nullable String cursor, int limit);

    /** The copies of a delivery, newest first. */
    List<Repair> repairs(UUID id);

    /** Reads a copy of the delivery's body as the channel would, and changes nothing; empty when there is no such delivery, or it was erased. */
    Optional<Trial> attempt(UUID id, byte[] copy);

    /**
     * Keeps the copy and has it handled in the place of the body, under the same key: what the delivery has done already is not done
     * twice. Joins the caller's transaction. False when it is neither parked nor dead, was erased, or has other than {@code basedOn} copies.
     */
    boolean repair(UUID id, byte[] copy, int basedOn, Signed signed);

    /** Who repairs, and why; {@code note} may be null. */
    record Signed(String by, @Nullable String note) {}

    /** {@code parkedSince} and {@code deadSince}: when the oldest of them came, null when there is none. */
    record Counts(
            long parked,
            @Nullable Instant parkedSince,
            long dead,
            @Nullable Instant deadSince) {}

    /** {@code waitsFor}: such as {@code order/4711}, which wakes it; null when it is looked at again from time to time, or never. */
    record Item(WebhookLog.Entry entry, @Nullable String waitsFor) {}

    /** A page and the cursor of the next, null at the end. */
    record Board(List<Item> items, @Nullable String next) {
        /** Copies the items. */
        public Board {
            items = List.copyOf(items);
        }
    }

    /** The {@code n}-th copy, from 1; {@code body} as UTF-8 text. */
    record Repair(int n, String by, @Nullable String note, Instant at, String body) {}

    /**
     * What a copy says.
     *
     * @param refusal why it cannot be read; null when it can
     * @param refusalBefore the same of what would be handled without it
     * @param events what it says, each with its type; empty when it cannot be read
     * @param differences from what would be handled without it to this
     */
    record Trial(
            @Nullable String refusal, @Nullable String refusalBefore, JsonNode events, List<Difference> differences) {
        /** Copies the differences. */
        public Trial {
            differences = List.copyOf(differences);
        }
    }
}
