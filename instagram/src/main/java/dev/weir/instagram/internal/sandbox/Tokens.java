package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which tokens has the stand-in given out, what may they do, and until when? */
final class Tokens {
    static final List<String> ALL = List.of(
            "catalog_management",
            "business_management",
            "instagram_basic",
            "instagram_manage_comments",
            "instagram_manage_messages",
            "pages_show_list",
            "pages_read_engagement",
            "pages_manage_metadata",
            "ads_management");

    private static final String COLLECTION = "tokens";
    private static final Duration DATA_ACCESS = Duration.ofDays(90);

    private final SandboxStore store;
    private final Clock clock;

    Tokens(SandboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What a token is; ends in epoch seconds, 0 for never. */
    record Token(Kind kind, long ends, long dataEnds, List<String> scopes) {
        enum Kind {
            APP,
            SYSTEM_USER,
            USER,
            PAGE
        }
    }

    /** The token, ended or not; null when nobody was given it. */
    @Nullable
    Token find(String token) {
        if (token.equals(Meta.APP + "|" + Meta.SECRET)) {
            return new Token(Token.Kind.APP, 0, 0, List.of());
        }
        if (token.equals(Meta.TOKEN)) {
            return new Token(Token.Kind.SYSTEM_USER, 0, 0, ALL);
        }
        if (token.equals(Meta.PAGE_TOKEN)) {
            return new Token(Token.Kind.PAGE, 0, 0, ALL);
        }
        ObjectNode kept = store.get(COLLECTION, token);
        return kept == null
                ? null
                : new Token(
                        Token.Kind.USER,
                        kept.path("ends").asLong(),
                        kept.path("dataEnds").asLong(),
                        List.of(kept.path("scopes").asText().split(",", -1)));
    }

    boolean ended(Token token) {
        return token.ends() != 0 && token.ends() <= clock.instant().getEpochSecond();
    }

    /** A user's token for as long; {@code dataEnds} is 0 for a login of now. */
    String give(List<String> scopes, Duration life, long dataEnds) {
        Instant now = clock.instant();
        String token = "EAAuser" + Long.toString(store.next("token"), 36);
        store.put(
                COLLECTION,
                token,
                SandboxStore.document()
                        .put("ends", now.plus(life).getEpochSecond())
                        .put("dataEnds", dataEnds == 0 ? now.plus(DATA_ACCESS).getEpochSecond() : dataEnds)
                        .put("scopes", String.join(",", scopes)));
        return token;
    }
}
