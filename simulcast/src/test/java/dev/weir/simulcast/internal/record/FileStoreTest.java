package dev.weir.simulcast.internal.record;

import dev.weir.simulcast.RecordingStore;

/** The folder keeps the contract. */
class FileStoreTest extends RecordingStoreContract {

    @Override
    protected RecordingStore open() {
        return new FileStore(root);
    }
}
