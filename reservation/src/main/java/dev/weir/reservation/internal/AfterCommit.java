package dev.weir.reservation.internal;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** When may the gate be told? Once the caller's transaction is on disk; never when it is rolled back. */
final class AfterCommit {
    private AfterCommit() {}

    /** Runs {@code task}, which must not throw, after the surrounding transaction, or at once when there is none. */
    static void run(Runnable task) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            task.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                task.run();
            }
        });
    }
}
