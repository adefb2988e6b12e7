package dev.dwata.agent.provider.offline;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Works out an expression of decimal numbers.
///
///     sum     = product (("+" | "-") product)*
///     product = signed (("*" | "/" | "%") signed)*
///     signed  = ("+" | "-") signed | power
///     power   = atom ("^" signed)?
///     atom    = number | "(" sum ")"
///
/// Sums, products and powers are exact; a quotient has 50 digits where it does not end before. `%` is the
/// remainder. Nothing grows beyond 2,000 digits.
final class Arithmetic {
    private static final MathContext QUOTIENT = new MathContext(50, RoundingMode.HALF_EVEN);
    private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_EVEN);
    private static final int MAX_LENGTH = 500;
    private static final int MAX_DEPTH = 100;
    private static final int MAX_DIGITS = 2000;

    private final String text;
    private int at;
    private int depth;
    private boolean rounded;

    private Arithmetic(String text) {
        this.text = text;
    }

    /// The value in digits, with ≈ before it where it is rounded.
    ///
    /// @throws ArithmeticException with a sentence that says why there is none
    static String value(String expression) {
        if (expression.length() > MAX_LENGTH) {
            throw new ArithmeticException("That is too long: I work out at most " + MAX_LENGTH + " characters.");
        }
        Arithmetic reader = new Arithmetic(expression.replaceAll("\\s", ""));
        BigDecimal value = reader.sum();
        if (reader.at < reader.text.length()) {
            throw unreadable(reader.text.charAt(reader.at));
        }
        BigDecimal shown = reader.rounded ? value.round(SHOWN) : value;
        String digits = shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
        return reader.rounded ? "≈ " + digits : digits;
    }

    private BigDecimal sum() {
        BigDecimal value = product();
        while (true) {
            if (accept('+')) {
                value = bounded(value.add(product()));
            } else if (accept('-')) {
                value = bounded(value.subtract(product()));
            } else {
                return value;
            }
        }
    }

    private BigDecimal product() {
        BigDecimal value = signed();
        while (true) {
            if (accept('*')) {
                value = bounded(value.multiply(signed()));
            } else if (accept('/')) {
                value = bounded(quotient(value, signed()));
            } else if (accept('%')) {
                value = bounded(value.remainder(divisor(signed())));
            } else {
                return value;
            }
        }
    }

    private BigDecimal signed() {
        if (++depth > MAX_DEPTH) {
            throw new ArithmeticException("That is nested too deep: I follow at most " + MAX_DEPTH + " levels.");
        }
        try {
            if (accept('-')) {
                return signed().negate();
            }
            return accept('+') ? signed() : power();
        } finally {
            depth--;
        }
    }

    private BigDecimal power() {
        BigDecimal base = atom();
        return accept('^') ? raise(base, signed()) : base;
    }

    private BigDecimal raise(BigDecimal base, BigDecimal exponent) {
        if (exponent.stripTrailingZeros().scale() > 0) {
            throw new ArithmeticException("I can only raise to whole powers.");
        }
        long digits = Math.max(base.precision(), Math.abs(base.scale()));
        if (exponent.abs().multiply(BigDecimal.valueOf(digits)).compareTo(BigDecimal.valueOf(MAX_DIGITS)) > 0) {
            throw tooLarge();
        }
        BigDecimal power = bounded(base.pow(exponent.abs().intValueExact()));
        return exponent.signum() < 0 ? quotient(BigDecimal.ONE, power) : power;
    }

    private BigDecimal atom() {
        if (accept('(')) {
            BigDecimal value = sum();
            if (!accept(')')) {
                throw new ArithmeticException("There is a '(' without its ')'.");
            }
            return value;
        }
        int start = at;
        while (at < text.length() && isNumeric(text.charAt(at))) {
            at++;
        }
        try {
            return new BigDecimal(text.substring(start, at));
        } catch (NumberFormatException e) {
            if (start == at && at < text.length()) {
                throw unreadable(text.charAt(at));
            }
            String what = start == at ? "the end" : "'" + text.substring(start, at) + "'";
            throw new ArithmeticException("I expected a number and found " + what + ".");
        }
    }

    private BigDecimal quotient(BigDecimal value, BigDecimal by) {
        BigDecimal quotient = value.divide(divisor(by), QUOTIENT);
        rounded |= quotient.multiply(by).compareTo(value) != 0;
        return quotient;
    }

    private static BigDecimal divisor(BigDecimal value) {
        if (value.signum() == 0) {
            throw new ArithmeticException("That divides by zero, which has no answer.");
        }
        return value;
    }

    private static BigDecimal bounded(BigDecimal value) {
        if (value.precision() > MAX_DIGITS || Math.abs((long) value.scale()) > MAX_DIGITS) {
            throw tooLarge();
        }
        return value;
    }

    private boolean accept(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private static boolean isNumeric(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }

    private static ArithmeticException tooLarge() {
        return new ArithmeticException("That has too many digits for me: I stop at " + MAX_DIGITS + ".");
    }

    private static ArithmeticException unreadable(char c) {
        return new ArithmeticException("I cannot work out what '" + c + "' means there.");
    }
}
