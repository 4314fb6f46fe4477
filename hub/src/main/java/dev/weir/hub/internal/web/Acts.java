package dev.weir.hub.internal.web;

import dev.weir.hub.internal.audit.Act;
import dev.weir.hub.internal.audit.Audit;
import dev.weir.hub.internal.security.Caller;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How is what the caller does noted? In the act's own transaction: what is refused leaves no note. */
@Component
class Acts {
    private final Audit audit;
    private final TransactionTemplate transaction;

    Acts(Audit audit, PlatformTransactionManager transactions) {
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Does the work, and notes what {@code told} makes of its outcome; null leaves no note. */
    <T> T noted(Supplier<T> work, Function<? super T, Audit.@Nullable Note> told) {
        return noted(null, work, told);
    }

    /** The same, with the name of the person, who may have given none. */
    <T> T noted(@Nullable String person, Supplier<T> work, Function<? super T, Audit.@Nullable Note> told) {
        return Objects.requireNonNull(transaction.execute(status -> {
            T done = work.get();
            Audit.Note note = told.apply(done);
            if (note != null) {
                note(person, note);
            }
            return done;
        }));
    }

    /** Notes what was done elsewhere, such as at a shop, and cannot be undone with a transaction of ours. */
    void note(@Nullable String person, Audit.Note note) {
        audit.note(Callers.current().brand(), signed(person), note);
    }

    static Audit.Note note(Act act, Object subject, String words) {
        return new Audit.Note(act, subject.toString(), words);
    }

    /** The key's role and name; who holds it may say their own name before. */
    static String signed(@Nullable String person) {
        Caller caller = Callers.current();
        String key = caller.role().label() + "/" + caller.key();
        return person == null || person.isBlank() ? key : Inputs.text("by", person, 80) + " (" + key + ")";
    }
}
