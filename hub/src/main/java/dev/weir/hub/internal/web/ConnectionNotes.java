package dev.weir.hub.internal.web;

import dev.weir.connectors.Connection;
import dev.weir.hub.internal.audit.Act;
import dev.weir.hub.internal.audit.Audit;
import java.util.Set;
import java.util.TreeSet;

/** What is told of what people do to connections? */
final class ConnectionNotes {
    private ConnectionNotes() {}

    static Audit.Note note(Act act, Connection connection, String more) {
        return Acts.note(act, connection.id(), connection.name() + " at " + connection.channel() + more);
    }

    /** Names alone: values can be secrets. */
    static String changes(Connection before, Connection after) {
        Set<String> names = new TreeSet<>(before.settings().keySet());
        names.addAll(after.settings().keySet());
        names.removeIf(name -> before.setting(name, "").equals(after.setting(name, "")));
        if (!before.name().equals(after.name())) {
            names.add("name");
        }
        return names.isEmpty() ? ": nothing differs" : ": " + String.join(", ", names);
    }
}
