package io.dagshell.kernel.dependency.maven;

import io.dagshell.kernel.dependency.DependencyResolver.Downloads;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;

/** Passes on how downloads go; ends them when nobody waits. Thread-safe. */
final class TransferTally extends AbstractTransferListener {
    private final Downloads downloads;
    private final Map<String, Long> transferred = new ConcurrentHashMap<>();

    TransferTally(Downloads downloads) {
        this.downloads = downloads;
    }

    @Override
    public void transferInitiated(TransferEvent event) throws TransferCancelledException {
        stopIfCancelled();
    }

    @Override
    public void transferProgressed(TransferEvent event) throws TransferCancelledException {
        stopIfCancelled();
        tell(event);
    }

    @Override
    public void transferSucceeded(TransferEvent event) {
        tell(event);
        downloads.finished(name(event));
    }

    private void tell(TransferEvent event) {
        Long before = transferred.put(event.getResource().getResourceName(), event.getTransferredBytes());
        downloads.progressed(name(event), event.getTransferredBytes() - (before == null ? 0 : before));
    }

    private void stopIfCancelled() throws TransferCancelledException {
        if (downloads.isCancelled()) {
            throw new TransferCancelledException("nobody waits for it");
        }
    }

    private static String name(TransferEvent event) {
        String path = event.getResource().getResourceName();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
