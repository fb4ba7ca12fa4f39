using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Yaml.Inputs;
using FlowApps.Yaml.Tests.Conformance;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Tests.Inputs;

public sealed class InputSourceTests
{
    private const string Loan = """
        # What we lend
        id: loan
        namespace: company.team

        inputs:
          # the thing itself
          - id: equipment   # as in the list
            type: SELECT
            displayName: "What do you need?"
            values: # in the cupboard
              - Projector
              - 'Camera: small'   # the old one
              - {value: c, label: Crane}

          - id: pieces
            type: INT
            required: false # one if nothing is said
            min: 1
            # more are never there

          - id: why
            type: STRING
            description: |
              # Not a comment
              Tell us.
        #  - id: old
        #    type: STRING
          - {id: until, type: DATE}

        # The work
        tasks:
          - id: say   # inputs: are above
            type: test.Say
            message: "{{ inputs.why }}"

        """;

    [Theory]
    [InlineData("displayName", "Which one: new?", "\"What do you need?\"", "\"Which one: new?\"")]
    [InlineData("displayName", "Thing", "displayName: \"What do you need?\"", "displayName: Thing")]
    [InlineData("type", "WORD", null, null)]
    [InlineData("required", "false", "need?\"\n", "need?\"\n    required: false\n")]
    [InlineData("required", "true", "", "")]
    [InlineData("description", "Ask us.\nWe help.", "need?\"\n", "need?\"\n    description: |-\n      Ask us.\n      We help.\n")]
    [InlineData("values", "Projector\nCamera: small\nc = Crane\nLadder", "Crane}\n", "Crane}\n      - Ladder\n")]
    [InlineData("values", "Projector\nc = Crane", "      - 'Camera: small'   # the old one\n", "")]
    [InlineData("values", "Beamer\nCamera: small\nc = Crane", "Projector", "Beamer")]
    [InlineData("values", "Projector\nScreen\nCamera: small\nc = Crane", "Projector\n", "Projector\n      - Screen\n")]
    [InlineData("values", "c = Crane", "      - Projector\n      - 'Camera: small'   # the old one\n", "")]
    [InlineData("values", "Projector", "\n      - 'Camera: small'   # the old one\n      - {value: c, label: Crane}", "")]
    [InlineData("isRadio", "true", "Crane}\n", "Crane}\n    isRadio: true\n")]
    [InlineData("defaults", "true", "Crane}\n", "Crane}\n    defaults: \"true\"\n")]
    public void A_property_is_set_where_it_stands_and_the_rest_is_kept_to_the_letter(string property, string text, string? was, string? now)
    {
        if (was is null)
        {
            Assert.Throws<RefusedException>(() => InputSource.Set(Loan, "inputs[0]", property, text));
            return;
        }
        Assert.Equal(was.Length == 0 ? Loan : Replaced(was, now!), InputSource.Set(Loan, "inputs[0]", property, text).Text);
    }

    [Theory]
    [InlineData(1, "required", "true", "    required: false # one if nothing is said\n", "")]
    [InlineData(1, "min", "2", "min: 1", "min: 2")]
    [InlineData(1, "max", "8", "    min: 1\n", "    min: 1\n    max: 8\n")]
    [InlineData(1, "defaults", "{{ 1 + 1 }}", "# one if nothing is said\n", "# one if nothing is said\n    defaults: \"{{ 1 + 1 }}\"\n")]
    [InlineData(2, "description", "", "    description: |\n      # Not a comment\n      Tell us.\n", "")]
    [InlineData(2, "description", "Say.", "description: |\n      # Not a comment\n      Tell us.\n", "description: Say.\n")]
    [InlineData(3, "description", "a, b", "{id: until, type: DATE}", "{id: until, type: DATE, description: \"a, b\"}")]
    [InlineData(3, "id", "end", "{id: until,", "{id: end,")]
    public void Every_style_of_writing_is_kept(int at, string property, string text, string was, string now) =>
        Assert.Equal(Replaced(was, now), InputSource.Set(Loan, $"inputs[{at}]", property, text).Text);

    [Fact]
    public void A_type_takes_along_what_it_has_and_brings_what_it_needs()
    {
        var number = InputSource.Set(Loan, "inputs[0]", "type", "INT").Text;
        Assert.DoesNotContain("values", number, StringComparison.Ordinal);
        Assert.Contains("type: INT\n    displayName: \"What do you need?\"\n\n  - id: pieces", number, StringComparison.Ordinal);
        var choice = InputSource.Set(Loan, "inputs[1]", "type", "SELECT").Text;
        Assert.Contains("    type: SELECT\n    required: false # one if nothing is said\n    values:\n      - First choice\n      - Second choice\n", choice, StringComparison.Ordinal);
        Assert.DoesNotContain("min", choice, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_moves_with_the_comments_above_it()
    {
        var moved = InputSource.Move(Loan, "inputs[0]", 1);
        Assert.Equal("inputs[1]", moved.Path);
        Assert.Contains("inputs:\n  - id: pieces\n    type: INT\n    required: false # one if nothing is said\n    min: 1\n    # more are never there\n\n  # the thing itself\n  - id: equipment   # as in the list\n", moved.Text, StringComparison.Ordinal);
        Assert.Contains("label: Crane}\n\n  - id: why", moved.Text, StringComparison.Ordinal);
        Assert.Equal(Loan, InputSource.Move(moved.Text, "inputs[1]", 0).Text);
    }

    [Fact]
    public void An_input_is_removed_with_the_comments_above_it()
    {
        Assert.Contains("inputs:\n  - id: pieces", InputSource.Remove(Loan, "inputs[0]").Text, StringComparison.Ordinal);
        Assert.Contains("- id: a\n\n  # Apart\n\n  - id: c", InputSource.Remove("inputs:\n  - id: a\n\n  # Apart\n\n  - id: b\n  - id: c\n", "inputs[1]").Text, StringComparison.Ordinal);
        Assert.Contains("      Tell us.\n\n# The work\ntasks:", InputSource.Remove(Loan, "inputs[3]").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_stands_below_under_an_id_of_its_own()
    {
        var copied = InputSource.Copy(Loan, "inputs[1]");
        Assert.Equal("inputs[2]", copied.Path);
        Assert.Equal(["equipment", "pieces", "pieces_2", "why", "until"], InputSource.Read(copied.Text)!.Select(input => input.Id));
        Assert.Contains("{id: until, type: DATE}\n  - {id: until_2, type: DATE}\n\n# The work", InputSource.Copy(Loan, "inputs[3]").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id: a\n\ntasks: []\n", "id: a\n\ninputs:\n  - id: text\n    type: STRING\n\ntasks: []\n")]
    [InlineData("id: a\n# work\ntasks: []\n", "id: a\ninputs:\n  - id: text\n    type: STRING\n# work\ntasks: []\n")]
    [InlineData("id: a\r\n\r\ntasks: []\r\n", "id: a\r\n\r\ninputs:\r\n  - id: text\r\n    type: STRING\r\n\r\ntasks: []\r\n")]
    [InlineData("id: a\ntasks:\n  - id: b", "id: a\ninputs:\n  - id: text\n    type: STRING\ntasks:\n  - id: b")]
    [InlineData("id: a", "id: a\ninputs:\n  - id: text\n    type: STRING")]
    [InlineData("id: a\ninputs: # none yet\ntasks: []\n", "id: a\ninputs:\n  - id: text\n    type: STRING # none yet\ntasks: []\n")]
    [InlineData("id: a\ninputs: []\ntasks: []\n", "id: a\ninputs:\n  - id: text\n    type: STRING\ntasks: []\n")]
    [InlineData("id: a\ninputs:\n- id: text\n  type: INT\ntasks: []\n", "id: a\ninputs:\n- id: text\n  type: INT\n- id: text_2\n  type: STRING\ntasks: []\n")]
    [InlineData("{\"id\": \"a\", \"tasks\": []}", "{\"id\": \"a\", \"tasks\": [], \"inputs\": [{id: text, type: STRING}]}")]
    [InlineData("inputs: [{id: a, type: INT}]", "inputs: [{id: a, type: INT}, {id: text, type: STRING}]")]
    [InlineData("inputs: [\n  {id: a, type: INT}, # one\n]\n", "inputs: [\n  {id: a, type: INT},\n  {id: text, type: STRING}, # one\n]\n")]
    public void An_input_is_added_wherever_inputs_stand_or_could(string source, string expected) =>
        Assert.Equal(expected, InputSource.Add(source, null, NewInput.Of("STRING")!).Text);

    [Fact]
    public void Inputs_inside_a_form_and_inside_rows_are_changed_like_others()
    {
        const string source = "inputs:\n  - id: who\n    type: FORM\n    inputs:\n      - id: name\n        type: STRING\n      - {id: mail, type: EMAIL}\n  - id: list\n    type: ARRAY\n    itemType: FORM\n    inputs: [{id: what, type: STRING}]\n";
        Assert.Contains("      - {id: mail, type: EMAIL}\n      - id: name\n        type: STRING\n  - id: list", InputSource.Move(source, "inputs[0].inputs[1]", 0).Text, StringComparison.Ordinal);
        Assert.Contains("type: EMAIL}\n      - id: date\n        type: DATE\n  - id: list", InputSource.Add(source, "inputs[0]", NewInput.Of("DATE")!).Text, StringComparison.Ordinal);
        Assert.Contains("[{id: what, type: STRING}, {id: what_2, type: STRING}]", InputSource.Copy(source, "inputs[1].inputs[0]").Text, StringComparison.Ordinal);
        Assert.Contains("itemType: FORM\n    inputs: []\n", InputSource.Remove(source, "inputs[1].inputs[0]").Text, StringComparison.Ordinal);
        Assert.Contains("- id: rows\n    type: ARRAY\n    itemType: FORM\n    inputs:\n      - id: text\n        type: STRING\n", InputSource.Add(source, null, NewInput.Of(NewInput.Rows)!).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_follows_its_label_until_something_names_it()
    {
        var added = InputSource.Add(Loan, null, NewInput.Of("STRING")!);
        var named = InputSource.Set(added.Text, added.Path!, "displayName", "Für wen?");
        Assert.Equal("fur_wen", InputSource.Read(named.Text)![4].Id);
        Assert.Equal("why", InputSource.Read(InputSource.Set(Loan, "inputs[2]", "displayName", "Reason").Text)![2].Id);
    }

    [Fact]
    public void What_is_written_elsewhere_and_what_has_gone_is_not_changed()
    {
        const string source = "a: &a {id: x, type: STRING}\ninputs: [*a]\n";
        Assert.Equal(RefusalKind.Conflict, Assert.Throws<RefusedException>(() => InputSource.Set(source, "inputs[0]", "displayName", "X")).Kind);
        Assert.Equal(RefusalKind.Conflict, Assert.Throws<RefusedException>(() => InputSource.Move(Loan, "inputs[9]", 0)).Kind);
        Assert.Equal(RefusalKind.Invalid, Assert.Throws<RefusedException>(() => InputSource.Move("inputs: [", "inputs[0]", 0)).Kind);
        Assert.Null(InputSource.Read("inputs: ["));
    }

    /// <summary>Over every flow of the examples and the corpus: nothing but the input that is meant changes, and a way there and back leads to the same text.</summary>
    [Fact]
    public void Flows_as_people_write_them_stay_what_they_are()
    {
        var seen = 0;
        foreach (var lf in Written().Where(source => InputSource.Read(source) is { Count: > 0 }))
            foreach (var source in new[] { lf, lf.ReplaceLineEndings("\r\n") })
                for (var at = 0; at < InputSource.Read(source)!.Count; at++)
                {
                    var path = $"inputs[{at}]";
                    if (InputSource.Read(source)![at].Has("<<") || Refused(() => InputSource.Set(source, path, "min", ""))) continue;
                    seen++;
                    Assert.Equal(source, InputSource.Move(InputSource.Move(source, path, 0).Text, "inputs[0]", at).Text);
                    var copied = InputSource.Copy(source, path);
                    Assert.Equal(Others(source, -1), Others(copied.Text, at + 1));
                    Assert.Equal(source, InputSource.Remove(copied.Text, copied.Path!).Text);
                    Assert.Equal(Others(source, at), Others(InputSource.Remove(source, path).Text, -1));
                    var set = InputSource.Set(source, path, "description", "Say: it\nin # two lines");
                    Assert.Equal("Say: it\nin # two lines", InputSource.Read(set.Text)![at].Text("description"));
                    Assert.Equal(Others(source, at), Others(set.Text, at));
                    var added = InputSource.Add(source, null, NewInput.Of("SELECT")!);
                    Assert.Equal(Others(source, -1), Others(added.Text, InputSource.Read(source)!.Count));
                }
        Assert.True(seen > 30, $"only {seen} inputs were there to change");
    }

    private static IEnumerable<string> Written() => Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Path, "examples"), "*.y*ml", SearchOption.AllDirectories)
        .Concat(Corpus.Folder is { } corpus ? Directory.EnumerateFiles(corpus, "*.y*ml", SearchOption.AllDirectories) : [])
        .Select(File.ReadAllText).Select(source => source.ReplaceLineEndings("\n"));

    private static bool Refused(Action change)
    {
        try
        {
            change();
            return false;
        }
        catch (RefusedException)
        {
            return true;
        }
    }

    /// <summary>What the text says, without one of its inputs.</summary>
    private static string Others(string source, int without)
    {
        var root = (OrderedDictionary<string, object?>)YamlText.Read(source).Root!.ToData()!;
        root["inputs"] = ((List<object?>)root["inputs"]!).Where((_, at) => at != without).ToList();
        return Data.Write(root);
    }

    private static string Replaced(string was, string now)
    {
        Assert.Contains(was, Loan, StringComparison.Ordinal);
        return Loan.Replace(was, now, StringComparison.Ordinal);
    }
}
