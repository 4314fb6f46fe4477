package dev.weir.checkout;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/** Kills the flow at the n-th place where it matters: before and after each commit and each call of the gateway. */
final class Deaths {
    private int left = Integer.MAX_VALUE;

    /** Stands for kill -9: no handler for exceptions sees it. */
    static final class Killed extends Error {}

    void killAt(int place) {
        left = place;
    }

    void never() {
        left = Integer.MAX_VALUE;
    }

    boolean happened() {
        return left <= 0;
    }

    void pass() {
        if (left != Integer.MAX_VALUE && --left == 0) {
            throw new Killed();
        }
    }

    PlatformTransactionManager around(PlatformTransactionManager real) {
        return new PlatformTransactionManager() {
            @Override
            public TransactionStatus getTransaction(TransactionDefinition definition) {
                return real.getTransaction(definition);
            }

            @Override
            public void commit(TransactionStatus status) {
                try {
                    pass();
                } catch (Killed e) {
                    real.rollback(status);
                    throw e;
                }
                real.commit(status);
                pass();
            }

            @Override
            public void rollback(TransactionStatus status) {
                real.rollback(status);
            }
        };
    }
}
