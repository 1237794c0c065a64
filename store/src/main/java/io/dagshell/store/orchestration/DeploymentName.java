package io.dagshell.store.orchestration;

/** Name of a deployment, unique in a server: {@code Parameterized ETL}. */
public record DeploymentName(String value) implements Comparable<DeploymentName> {
    private static final int LONGEST = 200;

    public DeploymentName {
        if (value.isBlank() || value.length() > LONGEST || !value.strip().equals(value)) {
            throw RefusedException.invalid("'" + value + "' cannot name a deployment: a name has 1 to " + LONGEST
                    + " characters and no blank at either end.");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw RefusedException.invalid("A deployment's name has no control characters.");
        }
    }

    @Override
    public int compareTo(DeploymentName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
