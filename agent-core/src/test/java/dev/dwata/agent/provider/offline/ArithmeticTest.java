package dev.dwata.agent.provider.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArithmeticTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1 + 2 * 3           | 7
                    (1 + 2) * 3         | 9
                    12 * (3 + 4) / 5    | 16.8
                    10 - 4 - 3          | 3
                    100 / 10 / 5        | 2
                    7 % 3               | 1
                    -7 % 3              | -1
                    0.1 + 0.2           | 0.3
                    -2 ^ 2              | -4
                    (-2) ^ 2            | 4
                    2 ^ 3 ^ 2           | 512
                    2 ^ -2              | 0.25
                    --3                 | 3
                    3 - -2              | 5
                    .5 * 4              | 2
                    1.50                | 1.5
                    5 - 5               | 0
                    100 * 100           | 10000
                    1 / 3               | ≈ 0.333333333333333
                    1 / 3 * 3           | ≈ 1
                    2 ^ 0               | 1
                    """)
    void worksOut(String expression, String value) {
        assertThat(Arithmetic.value(expression)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1 / 0          | That divides by zero, which has no answer.
                    1 % (2 - 2)    | That divides by zero, which has no answer.
                    0 ^ -1         | That divides by zero, which has no answer.
                    2 ^ 0.5        | I can only raise to whole powers.
                    (1 + 2         | There is a '(' without its ')'.
                    1 + 2)         | I cannot work out what ')' means there.
                    1 +            | I expected a number and found the end.
                    1 + * 2        | I cannot work out what '*' means there.
                    1.2.3          | I expected a number and found '1.2.3'.
                    .              | I expected a number and found '.'.
                    one            | I cannot work out what 'o' means there.
                    2 ^ 9999999999 | That has too many digits for me: I stop at 2000.
                    (10^999)^999   | That has too many digits for me: I stop at 2000.
                    (0.1^999)^999  | That has too many digits for me: I stop at 2000.
                    (10^-999)^-999 | That has too many digits for me: I stop at 2000.
                    """)
    void saysWhyThereIsNoValue(String expression, String reason) {
        assertThatThrownBy(() -> Arithmetic.value(expression))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage(reason);
    }

    @Test
    void isBounded() {
        assertThat(Arithmetic.value("(".repeat(90) + "1" + ")".repeat(90))).isEqualTo("1");
        assertThatThrownBy(() -> Arithmetic.value("(".repeat(150) + "1" + ")".repeat(150)))
                .hasMessage("That is nested too deep: I follow at most 100 levels.");
        assertThatThrownBy(() -> Arithmetic.value("-".repeat(150) + "1"))
                .hasMessage("That is nested too deep: I follow at most 100 levels.");
        assertThatThrownBy(() -> Arithmetic.value("1+".repeat(300) + "1"))
                .hasMessage("That is too long: I work out at most 500 characters.");
        assertThatThrownBy(() -> Arithmetic.value("9".repeat(400) + "^9"))
                .hasMessage("That has too many digits for me: I stop at 2000.");
    }
}
