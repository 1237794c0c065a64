package io.dagshell.server.client;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a TLS connection was not made, as a sentence that says what to do. Stateless. */
final class TlsRefusal {
    /** Where the authority of a server's certificate is named. */
    static final String SETTING = "DAGSHELL_CA";

    private TlsRefusal() {}

    static String sentence(URI url, Optional<Path> known, SSLException failure) {
        String certificate = "The certificate of the server at " + url;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof CertificateExpiredException) {
                return certificate + " has expired (" + message
                        + "): renew its file there; the server takes it without a restart.";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return certificate + " is not valid yet (" + message + "): is the clock of this machine right?";
            }
            if (message.startsWith("No subject alternative") || message.startsWith("No name matching")) {
                return certificate + " does not have the name '" + url.getHost()
                        + "': set DAGSHELL_API_URL to a name that it has, or give the server one with this name.";
            }
            if (message.contains("nrecognized SSL message")) {
                return "The server at " + url + " does not speak TLS: write http:// for https:// in DAGSHELL_API_URL.";
            }
            if (unknownIssuer(cause)) {
                return certificate + unknown(known);
            }
        }
        return "There is no TLS connection to the server at " + url + ": " + failure.getMessage() + ".";
    }

    private static boolean unknownIssuer(Throwable cause) {
        return cause instanceof CertPathBuilderException
                || cause instanceof CertPathValidatorException path && path.getReason() == PKIXReason.NO_TRUST_ANCHOR;
    }

    private static String unknown(Optional<Path> known) {
        return known.map(file -> " is neither in " + file + " nor of an authority that is: " + SETTING
                        + " is to name the PEM file with the certificate of its authority.")
                .orElse(" is of an authority that is not known here: set " + SETTING
                        + " to the PEM file with the certificate of that authority.");
    }
}
