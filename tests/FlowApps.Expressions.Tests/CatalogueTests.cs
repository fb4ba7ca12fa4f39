namespace FlowApps.Expressions.Tests;

public sealed class CatalogueTests
{
    private static readonly ExpressionEngine Engine = new(new ExpressionOptions());

    public static TheoryData<string> Examples => new(ExpressionCatalogue.Entries.Where(entry => entry.Result is not null).Select(entry => $"{entry.Kind} {entry.Name}"));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_renders_to_its_stated_result(string name)
    {
        var entry = ExpressionCatalogue.Entries.Single(entry => $"{entry.Kind} {entry.Name}" == name);
        Assert.Equal(entry.Result, Engine.Render(entry.Example, Scope.Empty));
    }

    [Fact]
    public void Every_entry_says_what_it_does_in_a_sentence()
    {
        Assert.All(ExpressionCatalogue.Entries, entry =>
        {
            Assert.EndsWith(".", entry.Description, StringComparison.Ordinal);
            Assert.Contains(entry.Kind == EntryKind.Operator ? "{{" : entry.Name, entry.Example, StringComparison.Ordinal);
            Engine.Check(entry.Example);
        });
    }

    [Fact]
    public void Everything_that_looks_outside_needs_an_outside()
    {
        var outside = ExpressionCatalogue.Entries.Where(entry => entry.IsOutside).ToList();
        Assert.Contains(outside, entry => entry.Name == "secret");
        Assert.All(outside, entry =>
        {
            Assert.Equal([entry.Name], Engine.OutsideFunctionsIn(entry.Example));
            var scope = new Scope(new Dictionary<string, object?> { ["outputs"] = new Dictionary<string, object?> { ["download"] = new Dictionary<string, object?> { ["uri"] = "kestra:///a" } } });
            Assert.Equal(entry.Name, Assert.Throws<OutsideNeededException>(() => Engine.Render(entry.Example, scope)).Function);
        });
    }

    [Theory]
    [InlineData("abbreviate,abs,base64encode,base64decode,capitalize,date,default,first,join,last,length,lower,merge,numberFormat,replace,reverse,rsort,sha256,slice,sort,split,title,trim,upper,urlencode", EntryKind.Filter)]
    [InlineData("chunk,className,escapeChar,flatten,indent,nindent,json,toJson,toIon,jq,keys,values,number,slugify,startsWith,endsWith,substringBefore,substringBeforeLast,substringAfter,substringAfterLast,urldecode,yaml,md5,sha1,sha512,string,distinct,regexMatch,regexExtract,regexReplace,condenseString,dateAdd,timestamp,timestampMicro,timestampNano,timestampMilli", EntryKind.Filter)]
    [InlineData("now,json,fromJson,yaml,fromIon,render,renderOnce,secret,kv,read,fileURI,fileSize,fileExists,isFileEmpty,currentEachOutput,errorLogs,printContext,fetchContext,encrypt,decrypt,uuid,id,ksuid,nanoId,randomInt,randomPort,max,min,range,block,parent,i18n,http,tasksWithState,iterationOutput,parentOutput,appLink,isWeekend,dayOfWeek,monthOfYear,isDayWeekInMonth", EntryKind.Function)]
    [InlineData("defined,empty,null,even,odd,iterable,map,json", EntryKind.Test)]
    [InlineData("for,if,set,macro,block,filter,raw,verbatim", EntryKind.Tag)]
    public void Catalogue_has_what_kestra_has(string names, EntryKind kind)
    {
        var known = ExpressionCatalogue.Entries.Where(entry => entry.Kind == kind).Select(entry => entry.Name).ToHashSet();
        Assert.Empty(names.Split(',').Except(known));
    }
}
