package dev.weir.routes.internal;

import dev.weir.routes.RouteEdits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be asked about the routes' texts? Puts rules, rehearsal, history and the keeper together. Thread-safe. */
final class RouteEditing implements RouteEdits {
    /** Messages that a proposed version is rehearsed with. */
    private static final int MESSAGES = 20;

    private static final int MOST_MESSAGES = 100;
    private static final int MOST_NOTE = 500;

    private final RouteKeeper keeper;
    private final RouteVersions versions;
    private final RouteRehearsal rehearsal;
    private final CamelHost camel;

    RouteEditing(RouteKeeper keeper, RouteVersions versions, RouteRehearsal rehearsal, CamelHost camel) {
        this.keeper = keeper;
        this.versions = versions;
        this.rehearsal = rehearsal;
        this.camel = camel;
    }

    @Override
    public List<Wrong> validate(String file) {
        return keeper.validate(file);
    }

    @Override
    public List<Rehearsal> rehearse(String brand, String file, int messages) {
        if (messages < 1 || messages > MOST_MESSAGES) {
            throw new IllegalArgumentException("messages: " + messages + " (expected: 1.." + MOST_MESSAGES + ")");
        }
        List<Rehearsal> rehearsals = new ArrayList<>();
        for (RouteText text : keeper.read(file)) {
            rehearsals.add(rehearse(brand, current(text.id()), text, messages));
        }
        return rehearsals;
    }

    private Rehearsal rehearse(String brand, RouteText before, RouteText after, int messages) {
        return new Rehearsal(
                after.id(), LineDiff.of(before.yaml(), after.yaml()), rehearsal.run(before, after, brand, messages));
    }

    private RouteText current(String route) {
        return keeper.text(route, versions.inForce(route));
    }

    @Override
    public List<Version> propose(String brand, String author, String file, @Nullable String note) {
        if (note != null && note.length() > MOST_NOTE) {
            throw new IllegalArgumentException(
                    "note: " + note.length() + " characters (expected: " + MOST_NOTE + " at most)");
        }
        List<Version> proposed = new ArrayList<>();
        for (RouteText text : keeper.read(file)) {
            RouteText before = current(text.id());
            if (!before.body().equals(text.body())) {
                buildable(text);
                Rehearsal shown = rehearse(brand, before, text, MESSAGES);
                proposed.add(versions.add(text, before.version(), author, note, shown.diff(), shown.verdict()));
            }
        }
        return proposed;
    }

    /** A number that no version has: nothing else can stand under that name. */
    private void buildable(RouteText text) {
        try {
            camel.check(text.at(Integer.MAX_VALUE));
        } catch (Exception e) {
            throw new Refused(List.of(new Wrong(1, text.id(), RouteKeeper.root(e), "a route that Camel can build")));
        }
    }

    @Override
    public Version approve(String person, String route, int version) {
        keeper.known(route);
        return versions.approve(person, route, version);
    }

    @Override
    public Standing apply(String person, String route, int version) {
        keeper.known(route);
        versions.find(route, version);
        buildable(keeper.text(route, version));
        versions.apply(person, route, version);
        return come(route);
    }

    @Override
    public Standing rollback(String person, String route) {
        keeper.known(route);
        versions.rollback(person, route);
        return come(route);
    }

    private Standing come(String route) {
        keeper.converge();
        return keeper.standing(keeper.known(route));
    }

    @Override
    public List<Standing> standings() {
        return keeper.standings();
    }

    @Override
    public Detail find(String route) {
        RouteText known = keeper.known(route);
        RouteText text = camel.text(route).orElse(known);
        return new Detail(
                keeper.standing(known),
                text.yaml(),
                RouteModel.of(text),
                versions.list(route),
                versions.decisions(route),
                versions.hubs(route));
    }

    @Override
    public Version version(String route, int version) {
        keeper.known(route);
        return versions.find(route, version);
    }
}
