package io.dagshell.blocks.cloud;

/** Port: makes the clients. Found by {@link java.util.ServiceLoader} among the libraries that lie apart. */
public interface CloudServices {

    ObjectStore bucket(GoogleAccess access, String bucket) throws CloudException;

    /** @param location of data sets, such as {@code EU}; empty: the service's choice */
    Warehouse warehouse(GoogleAccess access, String location) throws CloudException;
}
