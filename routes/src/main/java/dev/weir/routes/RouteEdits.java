package dev.weir.routes;

import java.io.Serial;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How is a route changed while it runs? A version is proposed (checked and rehearsed on the newest real messages), approved by a second
 * person where orders or payments go through, applied, and can be taken back. Nothing is ever left without a running route: what cannot
 * be started leaves the one before it running, and says so. All hubs come to the same version within about 2 s. Version 0 is the
 * route that ships. Thread-safe.
 */
public interface RouteEdits {
    /** Characters of a file, at most. */
    int MOST_TEXT = 65_536;

    /** What is wrong with the routes of a file; empty when nothing is. */
    List<Wrong> validate(String file);

    /**
     * What would change for the newest {@code messages} of the brand, per route of the file. Nothing is stored, no step is taken.
     *
     * @param messages 1..100
     * @throws Refused when the file is wrong
     */
    List<Rehearsal> rehearse(String brand, String file, int messages);

    /**
     * Stores a version of each route of the file that differs from the one in force, with how its rehearsal ended.
     *
     * @param brand whose messages it is rehearsed with
     * @throws Refused when the file is wrong; nothing is stored then
     */
    List<Version> propose(String brand, String author, String file, @Nullable String note);

    /**
     * Lets another person than its author stand up for a version.
     *
     * @throws dev.weir.connectors.ChannelException NOT_FOUND: no such version; CONFLICT: its author cannot
     */
    Version approve(String person, String route, int version);

    /**
     * Puts a version in force here, and on the other hubs once they look.
     *
     * @throws dev.weir.connectors.ChannelException NOT_FOUND: no such version; CONFLICT: its rehearsal blocks it, it waits for approval,
     *     or another version came into force since it was written
     * @throws Refused when it cannot be built here; nothing changes then
     */
    Standing apply(String person, String route, int version);

    /**
     * Puts the version in force that was before the present one; needs nobody else.
     *
     * @throws dev.weir.connectors.ChannelException NOT_FOUND: no such route; CONFLICT: it is the one that ships
     */
    Standing rollback(String person, String route);

    /** Every route and template that can be changed, in order of id. */
    List<Standing> standings();

    /** One of them with its text and its history; NOT_FOUND as above. */
    Detail find(String route);

    /** One version with its text; NOT_FOUND as above. */
    Version version(String route, int version);

    /**
     * What is wrong at one place of a file.
     *
     * @param line from 1
     * @param place like {@code route.from.parameters.period}
     */
    record Wrong(int line, String place, String value, String expected) {
        @Override
        public String toString() {
            return place + ": " + value + " (expected: " + expected + ") at line " + line;
        }
    }

    /**
     * How a version would differ.
     *
     * @param messages how many were tried
     * @param differences the first 200
     * @param blocks why it must not come into force; empty when it may
     */
    record Verdict(int messages, List<Difference> differences, List<String> blocks) {}

    /** One field that a step is handed, before and after. Null where the step is not handed it. */
    record Difference(
            String message,
            String field,
            @Nullable String before,
            @Nullable String after) {}

    /** What a rehearsal of one route showed; {@code diff} are the lines that change. */
    record Rehearsal(String route, String diff, Verdict verdict) {}

    /**
     * A version as it was written.
     *
     * @param basedOn the one it was written against, and goes back to
     * @param needsApproval whether it may come into force only after {@code approver} is there
     */
    record Version(
            String route,
            int version,
            int basedOn,
            String author,
            @Nullable String approver,
            boolean needsApproval,
            @Nullable String note,
            Instant at,
            String diff,
            Verdict verdict,
            String yaml) {}

    /**
     * Where a route stands on this hub.
     *
     * @param running the version that runs here
     * @param wanted the version in force
     * @param refusal why the one in force does not run here; null when it does
     */
    record Standing(
            String route,
            String description,
            boolean template,
            int running,
            int wanted,
            boolean needsApproval,
            @Nullable String refusal) {}

    /**
     * @param yaml the text that runs here
     * @param model the same, to be drawn
     * @param hubs every hub that was heard of in the last 2 minutes
     */
    record Detail(
            Standing standing,
            String yaml,
            Step model,
            List<Version> versions,
            List<Decision> decisions,
            List<HubStanding> hubs) {}

    /**
     * What a message meets.
     *
     * @param kind {@code from} for the whole route; otherwise the word of the text, such as {@code bean} or {@code filter}
     * @param text the source, the step's name, or what it says; may be empty
     * @param inside what follows within it, in order
     */
    record Step(String kind, String text, List<Step> inside) {}

    /** Who approved, applied or took back what, newest first, 100 at most. */
    record Decision(String kind, int version, String by, Instant at) {}

    /** What another hub runs. */
    record HubStanding(String hub, int version, @Nullable String refusal, Instant at) {}

    /** A file that cannot be taken: the caller corrects what {@link #wrongs} names. */
    final class Refused extends IllegalArgumentException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient List<Wrong> wrongs;

        /** Of at least one. */
        public Refused(List<Wrong> wrongs) {
            super(wrongs.stream().map(Wrong::toString).limit(5).collect(Collectors.joining("; ")));
            this.wrongs = List.copyOf(wrongs);
        }

        /** In order of their lines. */
        public List<Wrong> wrongs() {
            return wrongs;
        }
    }
}
