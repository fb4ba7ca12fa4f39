namespace FlowApps.Expressions.Catalogue;

/// <summary>The reference of operators, those that bind tightest last.</summary>
internal static class OperatorReference
{
    public static IEnumerable<CatalogueEntry> All =>
    [
        Entry("? :", "One of two values by a condition.", "condition ? yes : no", "{{ 2 > 1 ? 'yes' : 'no' }}", "yes"),
        Entry("or", "Whether one of two conditions holds.", "a or b", "{{ false or true }}", "true"),
        Entry("and", "Whether two conditions hold.", "a and b", "{{ true and false }}", "false"),
        Entry("is", "A test; 'is not' for its opposite.", "value is test", "{{ 4 is not odd }}", "true"),
        Entry("contains", "Whether a list has an item (or all of a list), a map a key, a text a part.", "whole contains part", "{{ ['a', 'b'] contains 'a' }}", "true"),
        Entry("==", "Whether two values are equal; numbers of any type by value.", "a == b", "{{ 1 == 1.0 }}", "true"),
        Entry("equals", "The same as ==.", "a equals b", "{{ 'a' equals 'a' }}", "true"),
        Entry("!=", "Whether two values differ.", "a != b", "{{ 1 != '1' }}", "true"),
        Entry("<", "Whether a number is less; false if one is null.", "a < b", "{{ 1 < 2 }}", "true"),
        Entry("<=", "Whether a number is less or equal; false if one is null.", "a <= b", "{{ 2 <= 2 }}", "true"),
        Entry(">", "Whether a number is greater; false if one is null.", "a > b", "{{ 1 > 2 }}", "false"),
        Entry(">=", "Whether a number is greater or equal; false if one is null.", "a >= b", "{{ 1 >= 2 }}", "false"),
        Entry("+", "Sum of numbers, texts joined, or a list with more items.", "a + b", "{{ [1] + 2 }}", "[1,2]"),
        Entry("-", "Difference of numbers, or a list without items.", "a - b", "{{ 3 - 1 }}", "2"),
        Entry("*", "Product of numbers.", "a * b", "{{ 2 * 3 }}", "6"),
        Entry("/", "Quotient of numbers; of whole numbers a whole one.", "a / b", "{{ 7 / 2 }}", "3"),
        Entry("%", "Remainder of a division.", "a % b", "{{ 7 % 3 }}", "1"),
        Entry("|", "A filter.", "value | filter", "{{ 'a' | upper }}", "A"),
        Entry("~", "Values joined as text.", "a ~ b", "{{ 'a' ~ 1 }}", "a1"),
        Entry("..", "A list from one number or letter up to and including another.", "first..last", "{{ 1..3 }}", "[1,2,3]"),
        Entry("??", "Another value if this one is undefined or null.", "value ?? other", "{{ missing ?? 'none' }}", "none"),
        Entry("???", "Another value if this one is undefined; null is kept.", "value ??? other", "{{ missing ??? 'none' }}", "none"),
        Entry("not", "The opposite of a condition.", "not a", "{{ not false }}", "true"),
    ];

    private static CatalogueEntry Entry(string name, string does, string form, string example, string result) =>
        new(EntryKind.Operator, name, does, form, [], example, result, IsOutside: false);
}
