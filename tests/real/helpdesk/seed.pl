# What a campus's administrator sets up for the hub, and staff for the tests. Prints "name token" lines.
use strict; use warnings; use utf8; use lib '/usr/share/request-tracker5/lib';
use RT; RT::LoadConfig(); RT::Init(); require RT::AuthToken;
my $system = RT->SystemUser;
sub ok { my ($id, $why) = @_; die 'seed: ' . ($why // '') unless $id; $id }

my $field = RT::CustomField->new($system);
ok($field->Create(Name => 'Kiosk operation', Type => 'FreeformSingle', LookupType => RT::Ticket->CustomFieldLookupType));
my $other = RT::CustomField->new($system);
my @queues;
for my $name ('Helpdesk', 'Network', 'Complaints') {
    my $queue = RT::Queue->new($system);
    ok($queue->Create(Name => $name, CorrespondAddress => "\L$name\E\@campus.test"));
    ok($field->AddToObject($queue));
    push @queues, $queue;
}
my $bare = RT::Queue->new($system);
ok($bare->Create(Name => 'Bare'));

my $class = RT::Class->new($system);
ok($class->Create(Name => '校园网'));
my $others = RT::Class->new($system);
ok($others->Create(Name => 'Internal'));
my $text = RT::CustomField->new($system);
ok($text->Create(Name => 'Kiosk text', Type => 'HTML', MaxValues => 1, LookupType => RT::Article->CustomFieldLookupType));
ok($text->AddToObject($_)) for ($class, $others);

sub account {
    my ($name, $where, @rights) = @_;
    my $user = RT::User->new($system);
    ok($user->Create(Name => $name, EmailAddress => "$name\@campus.test", Password => 'Not-used-1', Privileged => 1));
    for my $queue (@$where) { ok($user->PrincipalObj->GrantRight(Right => $_, Object => $queue)) for @rights }
    my ($done, $why, $token) = RT::AuthToken->new($system)->Create(Owner => $user->id, Description => 'test');
    ok($done, $why);
    print "$name $token\n";
    return $user;
}

# The rights of the README, and no more.
my @seen = qw(SeeQueue SeeCustomField);
my @needed = (@seen, qw(CreateTicket ShowTicket CommentOnTicket ShowTicketComments ModifyTicket ModifyCustomField));
my $hub = account('kiosk', [@queues, $bare], @needed);
for my $shelf ($class, $others) { ok($hub->PrincipalObj->GrantRight(Right => $_, Object => $shelf)) for qw(SeeClass ShowArticle SeeCustomField) }
account('looker', \@queues, @seen, 'ShowTicket');
my $staff = account('engineer', [@queues, $bare], @needed, qw(ReplyToTicket OwnTicket DeleteTicket));
for my $shelf ($class, $others) { ok($staff->PrincipalObj->GrantRight(Right => $_, Object => $shelf)) for qw(SeeClass ShowArticle SeeCustomField CreateArticle ModifyArticle ModifyCustomField DisableArticle) }
