package io.dagshell.server.alert;

import io.dagshell.engine.block.BlockSettings;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A mail server that takes messages by SMTP (RFC 5321), plain, after STARTTLS (RFC 3207) or over TLS (RFC 8314). */
public final class SmtpBlockType implements AlertChannel {
    static final String NAME = "smtp";
    private static final String MILLIS = "10000";
    private static final int SUBMISSION = 587;
    private static final int SUBMISSION_TLS = 465;
    private static final List<String> SECURITY = List.of("none", "starttls", "tls");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Field> fields() {
        return List.of(
                new Field("host", "name of the mail server", true, false),
                new Field("port", "587 if empty", false, false),
                new Field("security", "starttls, tls or none; by the port if empty", false, false),
                new Field("user", "empty if the server asks for none", false, false),
                new Field("password", "of the user", false, true),
                new Field("from", "address the mail comes from", true, false));
    }

    @Override
    public List<String> check(BlockSettings settings) {
        List<String> wrong = new ArrayList<>();
        if (text(settings, "host").isEmpty()) {
            wrong.add("host is missing");
        }
        String port = text(settings, "port");
        if (!port.isEmpty() && !(port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65_535)) {
            wrong.add("port is a number up to 65535, not '" + port + "'");
        }
        String security = text(settings, "security");
        if (!security.isEmpty() && !SECURITY.contains(security)) {
            wrong.add("security is starttls, tls or none, not '" + security + "'");
        }
        wrong.addAll(addressProblems("from", text(settings, "from")));
        return wrong;
    }

    private static List<String> addressProblems(String what, String address) {
        try {
            new InternetAddress(address, true);
            return address.contains("@") ? List.of() : List.of(what + " is no mail address: '" + address + "'");
        } catch (AddressException wrong) {
            return List.of(what + " is no mail address: '" + address + "'");
        }
    }

    @Override
    public List<String> checkRecipients(List<String> recipients) {
        if (recipients.isEmpty()) {
            return List.of("A mail needs a recipient: name one or more addresses.");
        }
        return recipients.stream()
                .flatMap(each -> addressProblems("the recipient", each).stream())
                .toList();
    }

    @Override
    public TestResult test(BlockSettings settings) {
        List<String> wrong = check(settings);
        if (!wrong.isEmpty()) {
            return new TestResult(false, String.join("; ", wrong) + ".");
        }
        try (Transport transport = session(settings).getTransport("smtp")) {
            connect(transport, settings);
            return new TestResult(true, "The mail server " + place(settings) + " takes mail from here.");
        } catch (MessagingException refused) {
            return new TestResult(false, problem(settings, refused));
        }
    }

    @Override
    public void send(BlockSettings settings, List<String> recipients, Alert alert) throws AlertException {
        Session session = session(settings);
        try (Transport transport = session.getTransport("smtp")) {
            MimeMessage mail = new MimeMessage(session);
            mail.setFrom(new InternetAddress(text(settings, "from"), true));
            for (String recipient : recipients) {
                mail.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient, true));
            }
            mail.setSubject("[DagShell] " + alert.title().replaceAll("\\p{Cntrl}", " "), StandardCharsets.UTF_8.name());
            mail.setText(
                    alert.title() + "\n\n" + String.join("\n", alert.facts()) + "\n\n" + alert.link() + "\n",
                    StandardCharsets.UTF_8.name());
            mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: nobody's absence note answers it
            mail.setSentDate(Date.from(alert.at()));
            connect(transport, settings);
            mail.saveChanges();
            transport.sendMessage(mail, mail.getAllRecipients());
        } catch (MessagingException refused) {
            throw new AlertException(problem(settings, refused), refused);
        }
    }

    private static void connect(Transport transport, BlockSettings settings) throws MessagingException {
        String user = text(settings, "user");
        transport.connect(
                text(settings, "host"),
                port(settings),
                user.isEmpty() ? null : user,
                user.isEmpty() ? null : text(settings, "password"));
    }

    private static Session session(BlockSettings settings) {
        Properties properties = new Properties();
        for (String each : List.of("connectiontimeout", "timeout", "writetimeout")) {
            properties.setProperty("mail.smtp." + each, MILLIS);
        }
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(!text(settings, "user").isEmpty()));
        String security = security(settings);
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(security.equals("tls")));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(security.equals("starttls")));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(security.equals("starttls")));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        return Session.getInstance(properties);
    }

    private static String security(BlockSettings settings) {
        String said = text(settings, "security");
        if (!said.isEmpty()) {
            return said;
        }
        return Map.of(SUBMISSION, "starttls", SUBMISSION_TLS, "tls").getOrDefault(port(settings), "none");
    }

    private static int port(BlockSettings settings) {
        String port = text(settings, "port");
        return port.isEmpty() ? SUBMISSION : Integer.parseInt(port);
    }

    private static String text(BlockSettings settings, String field) {
        return settings.fields().getOrDefault(field, "").strip();
    }

    private static String place(BlockSettings settings) {
        return text(settings, "host") + ":" + port(settings);
    }

    /** What the server says can be about the password, and does not repeat it. */
    private static String problem(BlockSettings settings, MessagingException refused) {
        String said = String.valueOf(refused.getMessage()).strip();
        Exception deeper = refused.getNextException();
        String why = deeper == null ? "" : " (" + deeper.getMessage() + ")";
        String password = text(settings, "password");
        String all = (said + why).replaceAll("\\s+", " ");
        return "The mail server " + place(settings) + " did not take it: "
                + (password.isEmpty() ? all : all.replace(password, "***"));
    }
}
