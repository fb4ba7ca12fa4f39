using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Notifications;
using FlowApps.Domain.Values;
using Shouldly;

namespace FlowApps.Storage.Tests;

[Collection(StorageCollection.Name)]
public sealed class NotificationStoreTests(StorageHost host)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private readonly INotificationStore store = host.Get<INotificationStore>();
    private readonly string person = "p" + Sample.Id();

    [Fact]
    public async Task A_notice_comes_with_its_commit_and_is_told_once()
    {
        var notice = new Notice(Sample.Id(), NoticeKind.Asked, Sample.Now, Sample.Id(), new FlowId("n", "f"));
        await host.Executions.CommitAsync(new Commit { Notices = [notice] }, None);
        (await store.NoticesAsync(1000, None)).ShouldContain(notice);
        var line = Line();
        var telling = new Telling([line], [new Delivery(Sample.Id(), Channel.Mail, "ann@example.org", line, Sample.Now)]);
        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.TellAsync([(notice, telling)], None)));
        told.SelectMany(taken => taken).ShouldBe([notice.Id]);
        (await store.NoticesAsync(1000, None)).ShouldNotContain(notice);
        (await store.OfAsync(person, false, new PageRequest(), None)).Results.ShouldBe([line]);
        await store.SentAsync([telling.Deliveries[0].Id], None);
    }

    [Fact]
    public async Task Several_notices_are_told_in_their_order_and_all_or_none()
    {
        var (asked, decided) = (Line(), Line());
        var first = await NoticeAsync();
        var second = await NoticeAsync();
        var settling = new Telling([decided], []) { Settles = (asked.ExecutionId, asked.TaskRunId!, "Approved by Ann") };
        await Should.ThrowAsync<Exception>(() => store.TellAsync([(first, new Telling([asked], [])), (second, settling with { Notifications = [decided with { Person = "half\0" }] })], None));
        (await store.NoticesAsync(1000, None)).Select(notice => notice.Id).ShouldContain(first.Id);
        (await store.TellAsync([(first, new Telling([asked], [])), (second, settling)], None)).ShouldBe([first.Id, second.Id], ignoreOrder: true);
        (await store.OfAsync(person, false, new PageRequest(), None)).Results.Single(line => line.Id == asked.Id).Settled.ShouldBe("Approved by Ann");
    }

    [Fact]
    public async Task A_line_is_unread_until_it_is_read_and_says_when_nothing_can_be_done_any_more()
    {
        var asked = Line();
        await TellAsync(new Telling([asked, Line()], []));
        (await store.CountUnreadAsync(person, None)).ShouldBe(2);
        (await store.ReadAsync("other", null, Sample.Now, None)).ShouldBe(0);
        await TellAsync(new Telling([], []) { Settles = (asked.ExecutionId, asked.TaskRunId!, "Approved by Tomás") });
        await TellAsync(new Telling([], []) { Settles = (asked.ExecutionId, asked.TaskRunId!, "too late") });
        var lines = (await store.OfAsync(person, false, new PageRequest(), None)).Results;
        lines.Single(line => line.Id == asked.Id).ShouldBe(asked with { ReadAt = Sample.Now, Settled = "Approved by Tomás" });
        lines.Single(line => line.Id != asked.Id).Settled.ShouldBeNull();
        (await store.OfAsync(person, true, new PageRequest(), None)).Total.ShouldBe(1);
        (await store.ReadAsync(person, null, Sample.Now, None)).ShouldBe(1);
        (await store.CountUnreadAsync(person, None)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_due_is_taken_by_one_and_a_bundle_goes_together()
    {
        // Long ago, so that nothing of other tests is due.
        var past = Sample.Now.AddYears(-10);
        var bundled = Enumerable.Range(0, 3).Select(_ => Delivery(past) with { Bundle = person }).ToList();
        await TellAsync(new Telling([], bundled));
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.ClaimAsync(past, Lease, 1, None)));
        taken.SelectMany(batch => batch).Select(delivery => delivery.Id).Order(StringComparer.Ordinal).ShouldBe(bundled.Select(delivery => delivery.Id).Order(StringComparer.Ordinal));
        taken.Count(batch => batch.Count > 0).ShouldBe(1);
        (await store.ClaimAsync(past.AddSeconds(30), Lease, 1, None)).ShouldBeEmpty();
        (await store.ClaimAsync(past.AddMinutes(2), Lease, 10, None)).ShouldAllBe(delivery => delivery.Attempts == 2);
        await store.SentAsync(bundled.Select(delivery => delivery.Id).ToList(), None);
        (await store.ClaimAsync(past.AddYears(1), Lease, 10, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_never_arrives_is_kept_with_its_reason_and_can_be_tried_again()
    {
        var past = Sample.Now.AddYears(-20);
        var delivery = Delivery(past);
        await TellAsync(new Telling([], [delivery]));
        await store.ClaimAsync(past, Lease, 1, None);
        await store.FailedAsync([delivery.Id], "no route", past, past.AddMinutes(5), None);
        (await store.ClaimAsync(past.AddMinutes(4), Lease, 1, None)).ShouldBeEmpty();
        await store.FailedAsync([delivery.Id], "still no route", past, null, None);
        var dead = (await store.TroubledAsync(new PageRequest(1, 100), None)).Results.Single(one => one.Id == delivery.Id);
        (dead.Error, dead.DeadAt, dead.Attempts).ShouldBe(("still no route", past, 1));
        (await store.ClaimAsync(past.AddYears(1), Lease, 1, None)).ShouldBeEmpty();
        (await store.RetryAsync(delivery.Id, past, None)).ShouldBeTrue();
        (await store.ClaimAsync(past, Lease, 1, None)).ShouldHaveSingleItem().Id.ShouldBe(delivery.Id);
        await store.SentAsync([delivery.Id], None);
    }

    private async Task TellAsync(Telling telling)
    {
        var notice = await NoticeAsync();
        (await store.TellAsync([(notice, telling)], None)).ShouldBe([notice.Id]);
    }

    private async Task<Notice> NoticeAsync()
    {
        var notice = new Notice(Sample.Id(), NoticeKind.Asked, Sample.Now, Sample.Id(), new FlowId("n", "f"));
        await host.Executions.CommitAsync(new Commit { Notices = [notice] }, None);
        return notice;
    }

    private Notification Line() => new(Sample.Id(), person, NoticeKind.Asked, Sample.Now, Sample.Id(), "A desk", "Ann asks for a desk.") { TaskRunId = Sample.Id() };

    private Delivery Delivery(DateTimeOffset due) => new(Sample.Id(), Channel.Mail, "ann@example.org", Line(), due);
}
